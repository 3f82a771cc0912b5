/** The signs in which CSV files differ. */
export interface Dialect {
  /** What stands between fields, one character such as `';'` or `'\t'`; default `','`. */
  delimiter?: string;
  /** What stands around fields; default `'"'`. */
  quote?: string;
}

/** How CSV is read. */
export interface ReadOptions extends Dialect {
  /** What errors call the text, such as its file; default: `The text`. */
  name?: string;
  /**
   * `true`, the default: the first row names the columns. `false`: rows are lists. A list of names:
   * the columns of a text without such a row.
   */
  header?: boolean | readonly string[];
}

/** How CSV is written. */
export interface WriteOptions extends Dialect {
  /**
   * `true`, the default: objects get a first row with the names of all their columns, in the order in
   * which they come. `false`: no such row. A list of names: these columns in this order.
   */
  header?: boolean | readonly string[];
  /** What ends a row; default `'\r\n'`, as RFC 4180 says. */
  newline?: '\n' | '\r\n';
  /** Whether the text begins with U+FEFF, by which Excel knows UTF-8; default `false`. */
  byteOrderMark?: boolean;
  /**
   * `'keep'`, the default: texts are written as they are. `'escape'`: a text that a spreadsheet would
   * compute (it begins with `=`, `+`, `-`, `@`, a tab or a return) gets a `'` before it. Numbers never do.
   */
  formulas?: 'keep' | 'escape';
}

/**
 * Rows of fields as RFC 4180 describes them, as values of JavaScript and back; both are there at
 * once, without `await`. Needs no permission.
 *
 * Fields are texts, as they stand there: no number and no date is guessed. Empty lines are no
 * rows; a mark of UTF-8 at the beginning is left out.
 *
 * @example
 * import { csv } from 'hearth:csv';
 * export default ({ log }) => {
 *   const hosts = csv.parse('name,ip\r\nweb,10.0.0.5\r\n"db, old",10.0.0.6\r\n');
 *   log.info(csv.stringify(hosts.filter(({ name }) => name !== 'web')));
 * };
 */
export const csv: {
  /**
   * The rows of a text: objects by the names of their columns, or lists.
   *
   * @throws `csv.syntax` when a quote is not closed or stands where none may;
   *   `csv.ragged-row` when a row has more or fewer fields than the first;
   *   `csv.duplicate-column`: each with `details.line`, `details.column` (from 1) and
   *   `details.excerpt`
   */
  parse(text: string, options: ReadOptions & { header: false }): string[][];
  parse(text: string, options?: ReadOptions): Record<string, string>[];

  /**
   * The text of a list of objects, or of a list of lists. `null` and `undefined` are empty fields.
   *
   * @throws `csv.value-not-flat` for a list or an object in a field; `csv.no-row`
   */
  stringify(
    rows: readonly Readonly<Record<string, unknown>>[] | readonly (readonly unknown[])[],
    options?: WriteOptions,
  ): string;
};
