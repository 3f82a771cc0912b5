/**
 * A way to hash. MD5 and SHA-1 are for old checksum files; nothing is safe with them. `b2sum` makes
 * `'blake2b-512'`, `b3sum` `'blake3'`.
 */
export type Algorithm =
  | 'md5'
  | 'sha1'
  | 'sha256'
  | 'sha384'
  | 'sha512'
  | 'sha3-256'
  | 'sha3-512'
  | 'blake2b-256'
  | 'blake2b-512'
  | 'blake2s-256'
  | 'blake3';

export interface DigestOptions {
  /** How the digest is shown; default `'hex'`. */
  encoding?: 'hex' | 'base64';
}

/**
 * Digests. Of texts (as UTF-8) and bytes at once, without `await` and permission; of files as a
 * promise, with the permission to read them.
 *
 * @example
 * import { hash } from 'hearth:hash';
 * export default ({ log }) => {
 *   log.info(hash.sha256('hello'));
 *   log.info(hash.hmac('sha256', 'key', 'message', { encoding: 'base64' }));
 * };
 */
export const hash: {
  of(algorithm: Algorithm, data: string | Uint8Array, options?: DigestOptions): string;
  md5(data: string | Uint8Array, options?: DigestOptions): string;
  sha1(data: string | Uint8Array, options?: DigestOptions): string;
  sha256(data: string | Uint8Array, options?: DigestOptions): string;
  sha512(data: string | Uint8Array, options?: DigestOptions): string;

  /**
   * The keyed digest of RFC 2104, as webhooks are signed with.
   *
   * @throws `hash.no-hmac` for BLAKE, which has keys of its own
   */
  hmac(algorithm: Algorithm, key: string, data: string | Uint8Array, options?: DigestOptions): string;

  /** Compares two texts in a time that does not tell where they differ: for signatures. */
  equal(a: string, b: string): boolean;

  /**
   * The digest of a file of any size.
   *
   * @param options.algorithm default `'sha256'`
   * @throws `file.not-found` and the like
   * @permission read: the file
   */
  file(path: string, options?: DigestOptions & { algorithm?: Algorithm }): Promise<string>;

  /**
   * Fails when a file has another digest.
   *
   * @param expected hexadecimal digits
   * @param options.algorithm default `'sha256'`
   * @throws `hash.other-content`; `file.not-found` and the like
   * @permission read: the file
   */
  verify(path: string, expected: string, options?: { algorithm?: Algorithm }): Promise<void>;
};
