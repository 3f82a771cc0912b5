/**
 * Checks what a recipe assumes. A failed check is a `HearthError` and ends the recipe as any error
 * does: exit status 1. Needs no permission.
 *
 * @throws `assert.failed`
 * @example
 * import { assert } from 'hearth:assert';
 * export default ({ params }) => {
 *   assert(1 + 1 === 2, 'arithmetic still works');
 *   assert.equal({ a: [1] }, { a: [1] });
 * };
 */
export function assert(condition: unknown, message?: string): asserts condition;

export namespace assert {
  /**
   * Same values all the way down, prototypes included; the order of keys does not count.
   *
   * @throws `assert.not-equal` with `details.actual` and `details.expected`, as text
   */
  function equal(actual: unknown, expected: unknown, message?: string): void;

  /**
   * @param expected a code such as `'proxmox.vm-not-found'`, a pattern for the message, or a class
   * @returns the error that was thrown
   * @throws `assert.no-error`, `assert.other-error`
   */
  function throws(work: () => unknown, expected?: ErrorMatch, message?: string): unknown;

  /** As `throws`, for a promise or a function that returns one. */
  function rejects(
    work: Promise<unknown> | (() => Promise<unknown>),
    expected?: ErrorMatch,
    message?: string,
  ): Promise<unknown>;
}

export type ErrorMatch = string | RegExp | (abstract new (...args: never[]) => unknown);
