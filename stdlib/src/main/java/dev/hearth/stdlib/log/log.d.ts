/**
 * The run's log: what happens, for people on the terminal and for programs in the journal.
 *
 * Values of secrets print as `***` in every line. Needs no permission.
 *
 * @example
 * import { log } from 'hearth:log';
 * export default () => {
 *   log.info('disk resized', { vmid: 9000, sizeGiB: 20 });
 * };
 */
export const log: Log;

export interface Log {
  /** What only helps to find errors; shown with `--verbose`. */
  debug(message: unknown, fields?: Fields): void;
  /** What the user wants to know. */
  info(message: unknown, fields?: Fields): void;
  /** What went well this time, or was worked around. */
  warn(message: unknown, fields?: Fields): void;
  /** What went wrong; the run goes on. To end it, throw. */
  error(message: unknown, fields?: Fields): void;
}

/** Named facts beside the message: anything that is JSON. */
export type Fields = Readonly<Record<string, unknown>>;
