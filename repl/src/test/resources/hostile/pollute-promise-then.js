// Tries: to see what operations resolve with by replacing Promise.prototype.then
// Expects: done 0 true
import { sleep } from 'hearth:time';
export default async ({ step }) => {
  Promise.prototype.then = function () {
    throw new Error('evil');
  };
  await step('sleep', () => sleep('1ms'));
  return true;
};
