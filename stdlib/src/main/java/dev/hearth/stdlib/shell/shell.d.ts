import type { Secret } from 'hearth:secret';
import type { Duration } from 'hearth:time';

/**
 * Runs a program of this machine.
 *
 * Each value is one word, an array is several, and no shell ever reads one as code: do not put
 * quotes around them. A command of nothing but words starts without a shell. Pipes, variables,
 * patterns, redirections and builtins in the template's own text go to `bash` (`options.shell`),
 * with `set -euo pipefail`.
 *
 * The command runs at the end of this turn, unless `pipe`, `bytes` or a `for await` begins it.
 * What it writes is not shown, as standard output is for the recipe's own data; `verbose` logs it.
 * It gets PATH, HOME, the language and the terminal's name of your environment; give all else
 * with `env`.
 *
 * @permission exec: the program, or the shell where one is needed. Either may do whatever you may.
 * @throws `shell.exit-status` with `details.exitCode`, `stdout` and `stderr` (64 KiB each at most)
 * @throws `shell.value` for a value that is no word: `null`, `undefined`, an object
 * @throws `shell.secret-as-word` for a Secret: other users see a command's words; `stdin` and `env` take it
 * @throws `shell.value-as-code` where a shell would read even a quoted value as code
 * @throws `shell.malformed`, `shell.unknown-shell`
 * @throws `process.not-found`, `process.timed-out`, `process.malformed` (NUL), `process.not-simulated`
 * @throws `limit.output-too-large` above `limits.processOutputBytes`
 * @example
 * import { $ } from 'hearth:shell';
 * export const recipe = { permissions: { exec: ['echo'] } };
 * export default async () => {
 *   const name = "it's; rm -rf $HOME";
 *   return $`echo hello ${name}`.text();
 * };
 */
export const $: Shell;

export interface Shell {
  (pieces: TemplateStringsArray, ...values: Value[]): Command;
  /** A `$` with these options for each of its commands. */
  (options: Options): Shell;
}

/** What may stand in a command. Of an `Output` its text without the last line's end is taken. */
export type Value = Word | readonly Word[];
export type Word = string | number | bigint | boolean | Output | URL;

export interface Options {
  /** The folder it runs in, from Hearth's own working directory; default: there. */
  cwd?: string;
  /** Variables beside those that every command gets. */
  env?: Readonly<Record<string, string | Secret>>;
  /** What it reads; default: nothing, at once at its end. */
  stdin?: string | Secret | Uint8Array | Command;
  /** How long it may run; default: as long as it likes. Then it gets SIGTERM, after 5 s SIGKILL, with all it started. */
  timeout?: Duration;
  /** Ends it, with all that it started, and rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Which shell, if the command needs one: `bash` (the default), `sh`, `dash`, `zsh`, `ksh` … or the path of one. */
  shell?: string;
  /** Whether a failure is a result; default `false`. */
  nothrow?: boolean;
  /** Whether its lines are logged as `info` as they come; default `false`. */
  verbose?: boolean;
  /** Undoes `verbose`. */
  quiet?: boolean;
}

/** A command; awaiting it gives its output. What changes it stands right behind it, before any `await`. */
export interface Command extends PromiseLike<Output>, AsyncIterable<string> {
  catch(rejected: (error: unknown) => unknown): Promise<unknown>;
  finally(settled: () => void): Promise<Output>;
  nothrow(): this;
  quiet(): this;
  verbose(): this;
  timeout(duration: Duration): this;
  /** What it reads. @throws `shell.already-running` */
  stdin(input: string | Secret | Uint8Array | Command): this;
  /**
   * Lets another command read what this one writes, without it passing through JavaScript. It is a
   * failure if either fails, but not if this one was cut off as the other had read enough.
   *
   * @throws `shell.pipe`, `shell.already-running`
   */
  pipe(next: Command): Command;
  /** Its standard output. */
  text(): Promise<string>;
  /** Its standard output as JSON. @throws `shell.not-json` */
  json(): Promise<any>;
  /** Its standard output as bytes. */
  bytes(): Promise<Uint8Array>;
  /**
   * Its lines: awaited an array; in `for await` one by one as they come, as slowly as they are
   * taken. Leaving the loop ends the command.
   *
   * @throws `shell.line-too-long` for a line of more than 16 MiB
   */
  lines(): PromiseLike<string[]> & AsyncIterable<string>;
}

/** How a command ended. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
  /** The exit status, as Node and zx call it; 128 and the signal's number after a signal. */
  readonly exitCode: number;
  /** Such as `SIGTERM`; `null` without one. */
  readonly signal: string | null;
  /** Whether `exitCode` is 0. */
  readonly ok: boolean;
  /** In milliseconds. */
  readonly duration: number;
  text(): string;
  lines(): string[];
  /** @throws `shell.not-json` */
  json(): any;
  /** The standard output without the last line's end. */
  toString(): string;
}
