// Tries: to catch promises by Symbol.species
// Expects: done 0 0
import { sleep } from 'hearth:time';
let made = 0;
export default async ({ step }) => {
  Object.defineProperty(Promise, Symbol.species, {
    get() {
      made++;
      return Promise;
    },
  });
  await step('sleep', () => sleep('1ms'));
  return made > 1000 ? made : 0;
};
