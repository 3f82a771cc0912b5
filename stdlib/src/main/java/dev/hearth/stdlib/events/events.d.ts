import type { Duration } from 'hearth:time';

/**
 * A name of events (`'deploy.done'`), all below a name (`'proxmox.*'`), or all (`'*'`).
 */
export type Pattern = string;

export interface Event<Data = any> {
  /** Words with dots between them. */
  readonly name: string;
  /** Who told it: `'recipe'` for `emit`, `'step'` for the run itself, else the binding: `'proxmox'`. */
  readonly source: string;
  /** A copy, as JSON has it; it cannot be changed. */
  readonly data: Data;
}

export type Listener<Data = any> = (data: Data, event: Event<Data>) => unknown;

/**
 * What happens in a run, told to who listens: by the recipe with `emit`, by bindings
 * (`proxmox.task-started`, `proxmox.task-finished`) and by the run (`step.started`, `step.finished`,
 * `step.passed`, `step.undone`).
 *
 * Listening keeps no run alive: it ends when its recipe has, whoever still listens; and who waits for
 * an event when nothing is going on that could bring it is told that it never comes. A listener that
 * throws, or whose promise is rejected, fails the run, and neither keeps the event from others nor
 * reaches who emitted it.
 *
 * A library has events of its own: it hears what bindings do for it, and neither the recipe's events nor
 * the run's, unless the recipe hands it its `events`.
 *
 * @throws `events.name`, `events.option`
 * @example
 * import { events } from 'hearth:events';
 * export default async ({ step, log }) => {
 *   events.on('step.*', ({ step }, { name }) => log.info(`${name}: ${step}`));
 *   events.once('built', ({ size }) => log.info(`built ${size}`));
 *   await step('build', () => void events.emit('built', { size: 42 }));
 * };
 */
export const events: {
  /**
   * Calls `listener` for each event, in the order in which listeners came, before `emit` returns.
   *
   * @param options.signal takes it off when it is aborted
   * @returns what takes it off
   */
  on<Data = any>(pattern: Pattern, listener: Listener<Data>, options?: { signal?: AbortSignal }): () => void;
  /** As `on`, for the next event only. */
  once<Data = any>(pattern: Pattern, listener: Listener<Data>, options?: { signal?: AbortSignal }): () => void;
  /** Takes off a listener, or all of a pattern. @returns how many those were */
  off(pattern: Pattern, listener?: Listener): number;
  /**
   * Tells an event to all who listen now. A Secret in its data arrives as `***`.
   *
   * @returns how many were told
   * @throws `events.not-data` for what is no JSON
   */
  emit(name: string, data?: unknown): number;
  /**
   * The next event that fits.
   *
   * @param options.where says whether it is the one
   * @throws `events.timeout`
   */
  waitFor<Data = any>(
    pattern: Pattern,
    options?: { timeout?: Duration; where?: (event: Event<Data>) => boolean; signal?: AbortSignal },
  ): Promise<Event<Data>>;
  /**
   * The events from now on, one after the other, until the loop is left.
   *
   * @param options.buffer how many may wait to be read; default 1000
   * @throws `events.too-many` in the loop when more did
   */
  stream<Data = any>(
    pattern: Pattern,
    options?: { buffer?: number; signal?: AbortSignal },
  ): AsyncIterableIterator<Event<Data>>;
};
