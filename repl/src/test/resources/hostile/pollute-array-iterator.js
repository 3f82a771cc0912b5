// Tries: to break Hearth by replacing the iterator of arrays
// Expects: done 0 1
import { sleep } from 'hearth:time';
export default async ({ step, log }) => {
  Array.prototype[Symbol.iterator] = function* () {
    throw new Error('evil');
  };
  await step('sleep', () => sleep('1ms'));
  log.info('still here', { a: 1 });
  return 1;
};
