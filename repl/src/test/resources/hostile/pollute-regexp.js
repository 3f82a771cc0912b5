// Tries: to replace what regular expressions do
// Expects: done 0 1
import { sleep } from 'hearth:time';
export default async ({ step, log }) => {
  RegExp.prototype.exec = () => {
    throw new Error('evil');
  };
  RegExp.prototype[Symbol.replace] = () => 'evil';
  await step('sleep', () => sleep('1ms'));
  console.log('%s', 'x');
  return 1;
};
