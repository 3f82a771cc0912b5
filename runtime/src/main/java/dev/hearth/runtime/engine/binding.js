// The module `hearth:binding`, for facades only. KEY is replaced when the module is loaded; without
// the key, which no recipe can know, there is nothing to be had from this function.
const { open, pure, withDefaults, fetchOver, errorFrom, blaming, handles, listen, log, inspect, isSecret } = globalThis.__hearthBinding('KEY');
export { open, pure, withDefaults, fetchOver, errorFrom, blaming, handles, listen, log, inspect, isSecret };

const { asyncIterator } = Symbol;
const { freeze } = Object;
const NONE = [];

/**
 * What an operation streams, one by one for `for await`; it begins with the first `next()`. By hand, since a generator takes
 * three times as long for each item.
 *
 * @param start begins the operation and gives its stream, which sends items in batches: arrays
 */
export function batched(start) {
  let opening;
  let batch = NONE;
  let at = 0;
  let ended = false;
  let busy; // the last of those that wait for a batch, each for the one before it

  const take = async (before) => {
    await before;
    while (at === batch.length && !ended) {
      try {
        const { done, value } = await (await (opening ??= start())).next();
        ended ||= done;
        batch = ended ? NONE : value;
      } catch (error) {
        ended = true;
        batch = NONE;
        throw error;
      } finally {
        at = 0;
      }
    }
    return at < batch.length ? { done: false, value: batch[at++] } : { done: true, value: undefined };
  };

  return freeze({
    async next() {
      if (busy === undefined && at < batch.length) return { done: false, value: batch[at++] };
      const mine = take(busy);
      const settled = mine.then(() => {}, () => {});
      busy = settled;
      try {
        return await mine;
      } finally {
        if (busy === settled) busy = undefined;
      }
    },
    async return(value) {
      ended = true;
      batch = NONE;
      at = 0;
      if (opening !== undefined) await (await opening).return();
      return { done: true, value };
    },
    [asyncIterator]() {
      return this;
    },
  });
}

/** The same for a stream that sends its items one by one. */
export const items = (start) =>
  batched(async () => {
    const stream = await start();
    return {
      next: async () => {
        const { done, value } = await stream.next();
        return { done, value: [value] };
      },
      return: () => stream.return(),
    };
  });
