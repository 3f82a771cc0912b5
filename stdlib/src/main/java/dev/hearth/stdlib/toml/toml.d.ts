/** How TOML is read. */
export interface ReadOptions {
  /** What errors call the text, such as its file; default: `The text`. */
  name?: string;
}

/**
 * TOML 1.0 as values of JavaScript and back; both are there at once, without `await`. Needs no
 * permission.
 *
 * Dates and times are texts as RFC 3339 writes them. An integer that a number of JavaScript cannot
 * hold exactly is its digits as a text, `inf` is `Infinity`, `nan` is `null`.
 *
 * @example
 * import { toml } from 'hearth:toml';
 * export default ({ log }) => {
 *   const config = toml.parse('[server]\nport = 8080\n');
 *   config.server.hosts = ['a.lan', 'b.lan'];
 *   log.info(toml.stringify(config));
 * };
 */
export const toml: {
  /**
   * @throws `toml.syntax`, `toml.duplicate-key`, `toml.not-extendable` when a line adds to what is
   *   complete, `toml.too-deep`: each with `details.line`, `details.column` (from 1) and
   *   `details.excerpt`
   */
  parse(text: string, options?: ReadOptions): Record<string, any>;

  /**
   * The text of an object, as people write it: what is no table first, then each table below its
   * header, lists of objects as `[[name]]`. Keys that are `undefined` are left out.
   *
   * @throws `toml.no-table` for what is no object; `toml.null-value` for `null` and `NaN`, which TOML
   *   cannot say; `toml.value-too-deep`
   */
  stringify(value: object): string;
};
