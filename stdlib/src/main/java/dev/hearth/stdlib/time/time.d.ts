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

/**
 * A moment: a text as ISO 8601 with `Z` or an offset, as `now()` and most systems tell it, or a
 * `Date`. What comes back is UTC with milliseconds: `2026-11-26T03:45:00.000Z`. Years have four digits, so that it sorts as text.
 */
export type Instant = string | Date;

/**
 * Reads an instant, such as `2026-11-26T04:45:00+01:00`, and tells it in UTC.
 *
 * @throws `time.instant` for what is none, also for one without an offset
 */
export function parse(instant: Instant): string;

/**
 * The instant so long after another one. A day is 24 hours.
 *
 * @throws `time.instant`, `time.no-such`; `recipe.op-argument` when it is no duration
 * @example
 * import { add, now } from 'hearth:time';
 * export default async () => add(await now(), '90m');
 */
export function add(instant: Instant, duration: Duration): string;

/** The instant so long before another one. @throws `time.instant`, `time.no-such` */
export function subtract(instant: Instant, duration: Duration): string;

/**
 * How many milliseconds lie between two instants; below zero when `to` comes first.
 *
 * @throws `time.instant`
 * @example
 * import { between, format } from 'hearth:time';
 * export default () => format(between('2026-11-26T03:45:00Z', '2026-11-26T05:00:00+01:00'));
 */
export function between(from: Instant, to: Instant): number;

/**
 * When the day of an instant begins; on most days, and in most zones, at midnight.
 *
 * @param zone as the tz database names it, such as `'Europe/Berlin'`, or an offset; default `'UTC'`
 * @throws `time.instant`, `time.zone`
 */
export function startOfDay(instant: Instant, zone?: string): string;

/**
 * What the clocks of a zone show, with their offset: `2026-11-26T04:45:00.000+01:00`.
 *
 * @throws `time.instant`, `time.zone`
 */
export function inZone(instant: Instant, zone: string): string;

/**
 * Tries again what failed, after pauses that grow. The last failure is the one that is thrown.
 *
 * @param work gets the number of the attempt, from 1
 * @param options.attempts how many at most; default 3
 * @param options.delay the first pause; default `'1s'`
 * @param options.backoff what each pause is multiplied by; default 2
 * @param options.longest no pause is longer; default `'1m'`
 * @param options.jitter by how much a pause may differ, from 0 to 1, so that many do not come at once; default 0.2
 * @param options.when whether this failure is worth another attempt; default: every one is
 * @throws `time.option` for what is no option
 * @example
 * import { retry } from 'hearth:time';
 * export default () =>
 *   retry((attempt) => {
 *     if (attempt < 3) throw new Error('not yet');
 *     return attempt;
 *   }, { delay: '1ms' });
 */
export function retry<T>(
  work: (attempt: number) => T | Promise<T>,
  options?: {
    attempts?: number;
    delay?: Duration;
    backoff?: number;
    longest?: Duration;
    jitter?: number;
    when?: (error: any, attempt: number) => boolean | Promise<boolean>;
    signal?: AbortSignal;
  },
): Promise<T>;

/**
 * Asks again and again until the answer is one (truthy), and returns it.
 *
 * @param options.every how long between two questions; default `'1s'`
 * @param options.timeout how long at most; default: for ever
 * @throws `time.timed-out`, `time.option`
 * @example
 * import { until } from 'hearth:time';
 * export default () => {
 *   let asked = 0;
 *   return until(() => ++asked === 3, { every: '1ms', timeout: '10s' });
 * };
 */
export function until<T>(
  work: () => T | Promise<T>,
  options?: { every?: Duration; timeout?: Duration; signal?: AbortSignal },
): Promise<T>;

/**
 * Gives up waiting after a time. A function gets a signal that is aborted then; a promise goes on.
 *
 * @throws `time.timed-out`
 * @example
 * import { timeout } from 'hearth:time';
 * export default () => timeout(Promise.resolve('in time'), '1s');
 */
export function timeout<T>(
  work: Promise<T> | ((signal: AbortSignal) => Promise<T>),
  duration: Duration,
): Promise<T>;

/**
 * A function that runs others, of which no more than `count` begin within `per`; the rest wait in
 * order.
 *
 * @throws `time.option`
 * @example
 * import { rateLimit } from 'hearth:time';
 * export default async () => {
 *   const limited = rateLimit(2, '10ms');
 *   return Promise.all([1, 2, 3].map((n) => limited(() => n)));
 * };
 */
export function rateLimit(count: number, per: Duration): <T>(work: () => T | Promise<T>) => Promise<T>;
