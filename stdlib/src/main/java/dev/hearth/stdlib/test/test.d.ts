import type { Duration } from 'hearth:time';

/** What a test may take; default: what `hearth test --timeout` says, which is `'5s'`. Real time, not the test's clock. */
export type TestOptions = { timeout?: Duration };

type Body = (...values: any[]) => unknown;

/** Defines a test, as `it` of jest, vitest and node:test. The options may stand in the middle as well. */
export interface DefineTest {
  (name: string, body: Body, options?: TestOptions | number): void;
  (name: string, options: TestOptions, body: Body): void;
}

/** `%s`, `%d`, `%i`, `%o`, `%j` and `%#` in the name stand for the values of the case, `$key` for a field of it. */
type Each<T> = (cases: Iterable<any>) => T;

export interface It extends DefineTest {
  /** It is named in the report and does not run. */
  readonly skip: DefineTest & { each: Each<DefineTest> };
  /** Of the whole file, only such tests run. */
  readonly only: DefineTest & { each: Each<DefineTest> };
  /** One test for each case; an array is spread over the arguments. */
  readonly each: Each<DefineTest>;
  /** A test that somebody has yet to write. */
  todo(name: string): void;
}

/** Puts tests under a name. Its function defines and does not wait. */
export type DefineSuite = (name: string, body: Body) => void;
export interface Describe extends DefineSuite {
  readonly skip: DefineSuite & { each: Each<DefineSuite> };
  readonly only: DefineSuite & { each: Each<DefineSuite> };
  readonly each: Each<DefineSuite>;
}

/**
 * @throws `test.misuse` for what is no test, `test.only-in-tests` outside of `hearth test`
 */
export const it: It;
export const test: It;
export const describe: Describe;

/** Runs before the first test of its suite; when it fails, all of them fail with it. */
export function beforeAll(body: () => unknown): void;
/** Runs after the last test of its suite. */
export function afterAll(body: () => unknown): void;
/** Runs before each test of its suite, those of outer suites first. */
export function beforeEach(body: () => unknown): void;
/** Runs after each test of its suite, also after one that failed; those of inner suites first. */
export function afterEach(body: () => unknown): void;

/** What an error must be: a part of its message or its code, a pattern, a class, or some of its fields. */
export type ExpectedError = string | RegExp | (new (...values: any[]) => unknown) | Error | { code?: unknown; message?: unknown };

/** Each fails with `test.expectation` at its line; `R` is a promise after `resolves` and `rejects`. */
export interface Matchers<R> {
  /** The same value, by `Object.is`. */
  toBe(expected: unknown): R;
  /** The same values all the way down; keys without a value do not count. */
  toEqual(expected: unknown): R;
  /** As `toEqual`, but classes and keys without a value count. */
  toStrictEqual(expected: unknown): R;
  /** At least what stands in `part`, all the way down; lists are as long. */
  toMatchObject(part: object): R;
  /** A text with this part, or something iterable with this item. */
  toContain(item: unknown): R;
  toContainEqual(item: unknown): R;
  toHaveLength(length: number): R;
  /** `'a.b[0]'` or `['a', 'b', 0]`; with a value, this value. */
  toHaveProperty(path: string | readonly (string | number)[], value?: unknown): R;
  toMatch(pattern: string | RegExp): R;
  /** Less than half of the last digit apart; `digits` is 2 by default. */
  toBeCloseTo(expected: number, digits?: number): R;
  toBeGreaterThan(limit: number | bigint): R;
  toBeGreaterThanOrEqual(limit: number | bigint): R;
  toBeLessThan(limit: number | bigint): R;
  toBeLessThanOrEqual(limit: number | bigint): R;
  toBeNull(): R;
  toBeDefined(): R;
  toBeUndefined(): R;
  toBeTruthy(): R;
  toBeFalsy(): R;
  toBeNaN(): R;
  toBeInstanceOf(type: new (...values: any[]) => unknown): R;
  /** Of a function that is called; after `rejects`, of what a promise was rejected with. */
  toThrow(expected?: ExpectedError): R;
}

export interface Expectation<R> extends Matchers<R> {
  readonly not: Matchers<R>;
}

export interface Expect {
  (actual: unknown): Expectation<void> & {
    /** Waits for the promise; what it resolves with is checked. */
    readonly resolves: Expectation<Promise<void>>;
    /** Waits for the promise, which must be rejected. */
    readonly rejects: Expectation<Promise<void>>;
  };
  /** Anything but `null` and `undefined`. */
  anything(): any;
  any(type: new (...values: any[]) => unknown): any;
  objectContaining(part: object): any;
  arrayContaining(items: readonly unknown[]): any;
  stringContaining(text: string): any;
  stringMatching(pattern: string | RegExp): any;
  fail(message?: string): never;
}

/**
 * Says what a value must be.
 *
 * @throws `test.expectation`; its `details` have `expected`, `received` and their `difference`
 */
export const expect: Expect;

/** The time of a test file: that of the machine, until it is put forward. */
export const clock: {
  /**
   * Puts the time forward for timers, `hearth:time`, simulators and the runs of the file. Whoever
   * waits wakes at his own moment, in order. `Date` stays the machine's.
   */
  advance(duration: Duration): Promise<void>;
};

/** What came of a run. */
export interface Run {
  /** `refused` when it did not begin: a parameter was wrong, or something was not granted. */
  readonly status: 'done' | 'failed' | 'stopped' | 'undone' | 'refused';
  /** What `hearth run` would end with. */
  readonly exitStatus: number;
  /** What the recipe returned; `null` unless it succeeded. */
  readonly result: any;
  readonly error: null | {
    readonly code: string;
    readonly message: string;
    readonly hint: string | null;
    readonly location: null | { file: string; line: number; column: number };
    readonly details: { readonly [name: string]: unknown };
    readonly also: readonly any[];
  };
  /** The steps that ended, in order. */
  readonly steps: readonly { name: string; error: null | { code: string; message: string } }[];
  /** The steps that were undone, in order. */
  readonly undone: readonly string[];
  readonly log: readonly {
    level: 'debug' | 'info' | 'warn' | 'error';
    source: string;
    message: string;
    fields: { readonly [name: string]: unknown };
  }[];
  /** What it printed with `console`. */
  readonly printed: readonly string[];
  /** The rows of each `ui.table`. */
  readonly tables: readonly (readonly { readonly [field: string]: unknown }[])[];
}

/**
 * Runs a recipe to its end, whatever that is.
 *
 * @param recipe its file, from the folder of the test file
 * @param options.params values of its parameters
 * @param options.simulate in the simulated world of the test file, which its runs share and which `proxmox()` in the
 *     test file reaches; default false: the real world, where only what was granted by a flag of `hearth test` works
 * @param options.onError as `hearth run --on-error`
 * @param options.answers what is answered to the questions of `hearth:ui`, by question: a text, `true` or `false`,
 *   a list for a choice of several; `''` is the return key alone. Without it nobody can be asked.
 */
export function runRecipe(
  recipe: string,
  options?: { params?: { readonly [name: string]: unknown }; simulate?: boolean; onError?: 'stop' | 'undo'; answers?: { readonly [question: string]: string | boolean | number | readonly (string | number)[] } },
): Promise<Run>;

/** What `hearth test` itself calls. */
export const harness: {
  plan(filter: string | null): unknown[];
  run(id: number): Promise<void>;
  leave(id: number): Promise<void>;
  where(id: number): never;
};
