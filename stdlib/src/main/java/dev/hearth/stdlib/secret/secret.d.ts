/**
 * A value that does not show: `***` in every text, log, error and JSON. Operations of Hearth's modules take
 * it wherever they take a string, and get the value. Parameters with `secret: true` are Secrets as well.
 */
export interface Secret {
  /**
   * The plain text, for what only JavaScript can do with it. Hearth still masks it in what it shows and records, but a
   * part of it, or something computed of it, is masked no more.
   */
  reveal(): string;
  /** `'***'` */
  toString(): string;
  /** `'***'` */
  toJSON(): string;
}

/**
 * A secret that the user stored with `hearth secrets set NAME`. In a simulated run it is a value that opens nothing.
 *
 * @throws `secret.not-stored` when there is none of that name
 * @permission secret: [name]
 * @example
 * import { secret } from 'hearth:secret';
 *
 * export const recipe = { permissions: { secret: ['backup/token'] } };
 *
 * export default async ({ log }) => {
 *   const token = await secret('backup/token');
 *   log.info(`the token is ${token}`); // the token is ***
 * };
 */
export function secret(name: string): Promise<Secret>;
