/** A number with its unit: `'500ms'`, `'30s'`, `'1.5m'`, `'2h'`, `'1d'`. Bare numbers are refused. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

/**
 * Waits. A stopped run, or `options.signal`, ends the wait with a rejection.
 *
 * @throws `recipe.op-argument` when it is no duration
 * @example
 * import { sleep } from 'hearth:time';
 * export default async ({ signal }) => {
 *   await sleep('10ms', { signal });
 * };
 */
export function sleep(duration: Duration, options?: { signal?: AbortSignal }): Promise<void>;

/** The time of day on the run's clock, as UTC ISO 8601: `2026-11-23T03:54:01.123Z`. */
export function now(): Promise<string>;

/**
 * How many milliseconds a duration has: `'1.5s'` has 1500.
 *
 * @throws `recipe.op-argument` when it is no duration
 */
export function milliseconds(duration: Duration): number;

/** A number of milliseconds as people read it: 200000 is `'3m20s'`. */
export function format(milliseconds: number): string;
