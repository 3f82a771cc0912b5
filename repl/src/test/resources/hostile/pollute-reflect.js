// Tries: to have Hearth call a replaced Reflect.apply
// Expects: done 0 0
import { sleep } from 'hearth:time';
let called = 0;
export default async ({ step }) => {
  Reflect.apply = () => called++;
  Function.prototype.call = () => called++;
  Function.prototype.apply = () => called++;
  await step('sleep', () => sleep('1ms'));
  setTimeout(() => {}, 0);
  return called;
};
