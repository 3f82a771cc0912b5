/** A place in a value: `'/services/web/ports/0'` (RFC 6901), or the names as a list. */
export type Pointer = string | readonly (string | number)[];

/** One operation of a patch (RFC 6902). */
export type Operation =
  | { op: 'add' | 'replace' | 'test'; path: string; value: unknown }
  | { op: 'remove'; path: string }
  | { op: 'move' | 'copy'; from: string; path: string };

/**
 * JSON beside what `JSON` can do. All of it is there at once, without `await`; nothing changes what
 * it is given; only what a value has itself counts, so no name reaches a prototype. Needs no
 * permission.
 *
 * @example
 * import { json } from 'hearth:json';
 * export default ({ log }) => {
 *   const before = { replicas: 1, labels: { app: 'web' } };
 *   const after = json.mergePatch(before, { replicas: 3, labels: { tier: 'front' } });
 *   log.info(json.get(after, '/labels/tier'), { changes: json.diff(before, after) });
 * };
 */
export const json: {
  /**
   * @param options.comments Whether comments and a comma at the end of a list are read; default
   *   `false`.
   * @param options.name What errors call the text.
   * @throws `json.syntax` with `details.line`, `details.column` (from 1) and `details.excerpt`;
   *   `json.too-deep`
   */
  parse(text: string, options?: { comments?: boolean; name?: string }): any;

  /**
   * @param options.indent Spaces of one level; default 0: all on one line.
   * @param options.sortKeys Whether equal values have equal texts, whatever the order of their keys.
   */
  stringify(value: unknown, options?: { indent?: number; sortKeys?: boolean }): string;

  /** The values of a text with one on each line; empty lines are left out. @throws `json.syntax` */
  parseLines(text: string, options?: { name?: string }): any[];

  /** One line for each value. */
  stringifyLines(values: readonly unknown[]): string;

  /** Whether there is something at a place. @throws `json.pointer` */
  has(value: unknown, pointer: Pointer): boolean;

  /** @throws `json.not-found` unless there is an `otherwise`; `json.pointer` */
  get(value: unknown, pointer: Pointer, otherwise?: unknown): any;

  /**
   * A copy with `item` at that place; objects on the way are made, `-` is the end of a list.
   *
   * @throws `json.not-found` when the way leads through something else; `json.pointer`
   */
  set(value: unknown, pointer: Pointer, item: unknown): any;

  /** A copy without what is at that place. @throws `json.not-found`, `json.pointer` */
  remove(value: unknown, pointer: Pointer): any;

  /** The same values all the way down; the order of keys does not count. */
  equal(a: unknown, b: unknown): boolean;

  /** The patch that makes `after` of `before`. */
  diff(before: unknown, after: unknown): Operation[];

  /** @throws `json.patch`, `json.test-failed`, `json.not-found`, `json.pointer` */
  patch(value: unknown, operations: readonly Operation[]): any;

  /** A merge patch (RFC 7396): objects are merged, `null` removes, all else replaces. */
  mergePatch(value: unknown, change: unknown): any;
};
