// Tries: to find what is behind a pending operation
// Expects: done 0 "object Promise"
import { sleep } from 'hearth:time';
export default () => {
  const pending = sleep('1ms');
  return Reflect.ownKeys(pending).length === 0 && pending.constructor === Promise
    ? Object.prototype.toString.call(pending).slice(1, -1)
    : 'strange';
};
