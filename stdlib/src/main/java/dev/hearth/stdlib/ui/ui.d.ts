/** What is asked of the person who runs the recipe, and what they are shown. */
export interface AskOptions {
  /** What the return key alone means, and the answer where nobody can be asked. */
  default?: string;
  /** What the whole answer must fit. */
  pattern?: RegExp | string;
  /** Says whether an answer will do: `false`, or a sentence that says why not; it is asked again then. */
  validate?: (answer: string) => boolean | string | undefined | Promise<boolean | string | undefined>;
  /** Gives the question up. */
  signal?: AbortSignal;
}

export interface SecretOptions {
  secret: true;
  /** What the return key alone means, and the answer where nobody can be asked. It is not shown. */
  default?: import('hearth:secret').Secret;
  pattern?: RegExp | string;
  validate?: (
    answer: import('hearth:secret').Secret,
  ) => boolean | string | undefined | Promise<boolean | string | undefined>;
  signal?: AbortSignal;
}

export type Choice<Value> = Value | { readonly label: string; readonly value: Value };

/** A field of the rows, with its name or another heading above it. */
export type Column = string | { readonly field: string; readonly heading?: string };

export interface Progress {
  /** So much more is done; default 1. */
  advance(by?: number): void;
  /** So much is done altogether. */
  set(done: number): void;
  /** It is over. Resolves when that was told. */
  done(): Promise<void>;
}

/**
 * The person who runs the recipe. Questions and progress go to the terminal's messages (stderr), tables
 * to its output (stdout).
 *
 * Where nobody can be asked (no terminal, `--no-input`, `--json`) a question is answered by its `default`,
 * or fails. What a recipe needs every time is better a parameter: that is a flag, too. An answer is
 * remembered for `hearth resume` when the question stands in a step.
 *
 * @throws `ui.nobody`, `ui.option`; `terminal.no-answer` when the input ends; `run.question-still-open`
 * @example
 * import { ui } from 'hearth:ui';
 * export default async () => {
 *   const name = await ui.ask('Name of the host', { default: 'web', pattern: '[a-z][a-z0-9-]*' });
 *   const disks = await ui.choose('Which disks', ['sda', 'sdb'], { multiple: true, default: ['sda'] });
 *   await ui.table([{ name, disks: disks.length }], { columns: ['name', { field: 'disks', heading: 'number of disks' }] });
 *   return (await ui.confirm('Go on?', { default: true })) ? name : null;
 * };
 */
export const ui: {
  /** Asks for a line of text; with `secret` it is not shown while it is typed, and becomes a Secret. */
  ask(question: string, options?: AskOptions & { secret?: false }): Promise<string>;
  ask(question: string, options: SecretOptions): Promise<import('hearth:secret').Secret>;

  /** Asks for yes or no. Without a default the return key alone is no answer. */
  confirm(question: string, options?: { default?: boolean; signal?: AbortSignal }): Promise<boolean>;

  /**
   * Asks for one of several, by its number or its label; with `multiple` for any number of them
   * (`1,3-4`).
   *
   * @returns the value that was chosen, or a list of those
   */
  choose<Value>(
    question: string,
    options: readonly Choice<Value>[],
    settings?: { multiple?: false; default?: Value; signal?: AbortSignal },
  ): Promise<Value>;
  choose<Value>(
    question: string,
    options: readonly Choice<Value>[],
    settings: { multiple: true; default?: readonly Value[]; signal?: AbortSignal },
  ): Promise<Value[]>;

  /**
   * Shows rows as a table.
   *
   * @param options.columns default: the fields that say something
   * @throws `ui.no-rows`
   */
  table(rows: Iterable<{ readonly [field: string]: unknown }>, options?: { columns?: readonly Column[] }): Promise<void>;

  /**
   * Says how far something has come: a line that lives on a terminal, a line now and then elsewhere,
   * `progressed` events with `--json`.
   *
   * @param options.total how much there is to do, where that is known
   */
  progress(label: string, options?: { total?: number }): Progress;
};
