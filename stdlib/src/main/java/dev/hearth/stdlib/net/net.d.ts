import type { Duration } from 'hearth:time';

/**
 * Networks: reckoning with addresses, which needs no permission; names, and whether something
 * answers, which do.
 *
 * @example
 * import { net } from 'hearth:net';
 * export default () => {
 *   const lan = net.cidr('192.168.1.0/24');
 *   return [lan.contains('192.168.1.77'), lan.nextHost(['192.168.1.1', '192.168.1.2'])];
 * };
 */
export const net: {
  /**
   * A network or one address, IPv4 or IPv6. Bits behind the prefix are cut off.
   *
   * @throws `cidr.malformed`
   */
  cidr(text: string): Cidr;
  /**
   * The addresses of a name, in the order in which they are tried.
   *
   * @permission net: the host on any port
   * @throws `net.name-not-resolved`, `net.resolve-timeout`, `cidr.address`
   */
  resolve(host: string): Promise<string[]>;
  /**
   * Whether something accepts a connection by TCP; `false` when it refuses, cannot be reached or has
   * no address.
   *
   * @permission net: the host and port
   * @throws `cidr.address`
   */
  answers(host: string, port: number, options?: { signal?: AbortSignal }): Promise<boolean>;
  /**
   * Waits until something accepts a connection.
   *
   * @param options.timeout how long at most; default `'1m'`
   * @param options.every how long between two attempts; default `'500ms'`
   * @permission net: the host and port
   * @throws `time.timed-out`, `cidr.address`
   */
  waitForPort(
    host: string,
    port: number,
    options?: { timeout?: Duration; every?: Duration; signal?: AbortSignal },
  ): Promise<void>;
};

/** A network. As a string and as JSON it is what it is written as. */
export interface Cidr {
  /** As it is written: `'10.0.0.0/24'`; a single address without its prefix. */
  readonly cidr: string;
  readonly version: 4 | 6;
  /** Its own address, the lowest. */
  readonly network: string;
  readonly prefix: number;
  readonly first: string;
  readonly last: string;
  /** The first and the last that a machine may have: IPv4 keeps the two ends, but not in a /31 or /32. */
  readonly firstHost: string;
  readonly lastHost: string;
  /** How many addresses it has, in decimal digits: `BigInt(size)`. */
  readonly size: string;
  contains(other: string | Cidr): boolean;
  overlaps(other: string | Cidr): boolean;
  /** All addresses that machines may have. @throws `cidr.too-many` above 65,536 */
  hosts(): string[];
  /** Its parts with a longer prefix. @throws `cidr.prefix`, `cidr.too-many` above 65,536 */
  subnets(prefix: number): string[];
  /** The lowest address for a machine that none of `used` (addresses, networks) holds. @throws `cidr.none-free` */
  nextHost(used?: readonly string[]): string;
  /** The lowest part that touches none of `used`. @throws `cidr.none-free`, `cidr.prefix` */
  nextSubnet(prefix: number, used?: readonly string[]): string;
}
