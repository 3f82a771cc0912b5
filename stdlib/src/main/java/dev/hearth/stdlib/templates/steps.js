// Steps for who has none: what is done is taken back when something fails, as a run does with its own.
import { log } from 'hearth:binding';

/** The `find` of a step that is done again when it was cut off, since doing it twice is doing it once. */
export const AGAIN = () => undefined;

/** Runs `work` with a `step` as recipes have it; the steps that finished are undone, last first, when it fails. */
export async function undone(work) {
  const undos = [];
  const step = async (name, act, { undo } = {}) => {
    const result = await act();
    if (undo) undos.unshift({ name, undo: () => undo(result) });
    return result;
  };
  try {
    return await work(step);
  } catch (error) {
    for (const { name, undo } of undos) {
      try {
        await undo();
      } catch (left) {
        log.error(`\`${name}\` is not taken back: ${left.message} ${left.hint ?? ''}`, { code: left.code });
      }
    }
    throw error;
  }
}
