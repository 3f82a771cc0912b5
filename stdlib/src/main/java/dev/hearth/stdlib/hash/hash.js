// hearth:hash: digests of texts and bytes at once, of files as a promise.
import { open, pure } from 'hearth:binding';

const ops = open('hash');
const pureOps = pure('hash');

const of = (algorithm, data, options) => {
  const how = { algorithm, encoding: 'hex', ...options };
  return data instanceof Uint8Array ? pureOps.ofBytes(data, how) : pureOps.ofText(data, how);
};

export const hash = Object.freeze({
  of,
  md5: (data, options) => of('md5', data, options),
  sha1: (data, options) => of('sha1', data, options),
  sha256: (data, options) => of('sha256', data, options),
  sha512: (data, options) => of('sha512', data, options),
  hmac: (algorithm, key, data, options) => {
    const how = { algorithm, encoding: 'hex', key, ...options };
    return data instanceof Uint8Array ? pureOps.hmacOfBytes(data, how) : pureOps.hmacOfText(data, how);
  },
  equal: (a, b) => pureOps.equal({ a, b }),
  file: (path, options) => ops.ofFile({ path, algorithm: 'sha256', encoding: 'hex', ...options }),
  verify: (path, expected, options) => ops.verify({ path, expected, algorithm: 'sha256', ...options }),
});
