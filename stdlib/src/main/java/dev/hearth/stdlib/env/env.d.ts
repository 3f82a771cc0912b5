/**
 * Environment variables of the process in which Hearth runs, each by its own grant, and what kind of
 * machine this is.
 *
 * @permission env: the variable. Whether it is set is a part of what it says.
 * @throws `env.name` for what cannot be a variable
 * @example
 * import { env } from 'hearth:env';
 * export const recipe = { permissions: { env: ['HOME', 'EDITOR'] } };
 * export default async ({ log }) => {
 *   const editor = (await env.find('EDITOR')) ?? 'vi';
 *   log.info(`${editor} on ${(await env.machine()).platform}`);
 * };
 */
export const env: {
  /** A variable that must be set. @throws `env.missing` */
  get(name: string): Promise<string>;
  /** A variable; `null` when it is not set. */
  find(name: string): Promise<string | null>;
  /** In the words of Node: `{ platform: 'linux', arch: 'x64' }`. Needs no permission. */
  machine(): Promise<{ platform: 'linux' | 'darwin' | string; arch: 'x64' | 'arm64' | string }>;
};
