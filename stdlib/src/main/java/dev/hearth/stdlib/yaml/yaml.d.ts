/** How YAML is read. */
export interface ReadOptions {
  /** What errors call the text, such as its file; default: `The text`. */
  name?: string;
  /**
   * `'1.2'`, the default: only `true` and `false` are booleans, so `no` stays a text. `'1.1'`: also
   * `yes`, `no`, `on`, `off`, octal numbers as `0755`, and `1:30` is 90.
   */
  version?: '1.1' | '1.2';
  /** A tag such as `!include` is refused, or with `'ignore'` its value is read without it. */
  tags?: 'refuse' | 'ignore';
}

/** How YAML is written. */
export interface WriteOptions {
  /** Spaces of one level, 1 to 8; default 2. */
  indent?: number;
  /** Whether keys are in the order of the alphabet; default `false`: as they are in the value. */
  sortKeys?: boolean;
}

/** A place: a JSON pointer (`'/services/web'`), or the names that lead there. */
export type Place = string | readonly (string | number)[];

/** A text that is changed; `String(editor)` is what it has become. */
export interface Editor {
  /** What stands at a place; `undefined` when nothing does. */
  get(place: Place): any;
  /** Puts a value there, and the maps above it that are missing; `/list/-` adds to a list. */
  set(place: Place, value: unknown): Editor;
  /** Takes a key or an item away; nothing happens when it is not there. */
  remove(place: Place): Editor;
  toString(): string;
}

/**
 * YAML 1.2 as values of JavaScript and back; both are there at once, without `await`. Needs no
 * permission.
 *
 * Dates stay texts. A whole number that a number of JavaScript cannot hold exactly is its digits
 * as a text, `.inf` is `Infinity`, `.nan` is `null`. Keys are texts as they are written. Anchors,
 * aliases and merge keys (`<<`) are resolved.
 *
 * @example
 * import { yaml } from 'hearth:yaml';
 * export default ({ log }) => {
 *   const compose = yaml.parse('services:\n  web: { image: nginx, ports: ["80:80"] }\n');
 *   compose.services.web.restart = 'always';
 *   log.info(yaml.stringify(compose));
 * };
 */
export const yaml: {
  /**
   * The value of a text with one document; `null` for an empty one.
   *
   * @throws `yaml.syntax`, `yaml.duplicate-key`, `yaml.unknown-alias`, `yaml.too-many-aliases`,
   *   `yaml.unknown-tag`, `yaml.wrong-tag`, `yaml.key-not-text`, `yaml.merge-of-no-map`,
   *   `yaml.too-deep`, `yaml.several-documents`: each with `details.line`, `details.column` (from
   *   1) and `details.excerpt`
   */
  parse(text: string, options?: ReadOptions): any;

  /** The values of all documents of a text; the errors are those of `parse`. */
  parseAll(text: string, options?: ReadOptions): any[];

  /**
   * Changes a text and leaves comments, order, quotes and blank lines as they are written. Each change is
   * read again: what comes out is what was there with just this change, or the change is refused.
   *
   * @throws as `parse`; at a change `yaml.pointer`, `yaml.no-place`, `yaml.not-editable` where an alias or a
   *   rare form stands in the way
   */
  edit(text: string, options?: ReadOptions): Editor;

  /**
   * The text of what is JSON, as people write it: blocks, quotes only where YAML 1.2 or 1.1 would
   * read something else, texts of several lines below a `|`.
   *
   * @throws `yaml.value-too-deep` for more than 500 levels
   */
  stringify(value: unknown, options?: WriteOptions): string;
};
