// Tries: to change what crosses the bridge by Object.prototype.toJSON
// Expects: done 0 ["1ms"]
import { sleep } from 'hearth:time';
export default async () => {
  const caught = [];
  Object.defineProperty(Object.prototype, 'toJSON', {
    configurable: true,
    value() {
      if (this?.duration !== undefined) caught.push(this.duration);
      return this;
    },
  });
  await sleep('1ms');
  delete Object.prototype.toJSON;
  return caught;
};
