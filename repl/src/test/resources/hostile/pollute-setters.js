// Tries: to catch fields of errors and results by setters on Object.prototype
// Expects: done 0 []
const caught = [];
for (const name of ['code', 'hint', 'details', 'message', 'json', 'trace', 'undo', 'result', 'bytes', 'signal']) {
  Object.defineProperty(Object.prototype, name, {
    configurable: true,
    set(value) {
      caught.push(name);
    },
    get() {
      return undefined;
    },
  });
}
import { sleep } from 'hearth:time';
export default async ({ step, log }) => {
  await step('sleep', () => sleep('1ms'));
  await sleep('never').catch((error) => log.info(error.message));
  return caught;
};
