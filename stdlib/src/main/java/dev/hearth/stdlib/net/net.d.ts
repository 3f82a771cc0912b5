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
   * The hardware address of a network card, in any of its usual forms: `bc:24:11:2e:c5:01`, with
   * hyphens, as `bc24.112e.c501`, or its digits alone; upper or lower case.
   *
   * @throws `mac.malformed`
   * @example
   * import { net } from 'hearth:net';
   * export default () => net.mac('BC-24-11-2E-C5-01').equals('bc24.112e.c501');
   */
  mac(text: string | Mac): Mac;
  /**
   * An address for a new card: random, or with a `seed` always the same one, so that a recipe gives
   * a machine what it has already. It is one that no vendor gives away (`local`), unless `prefix`
   * says how it begins.
   *
   * @param options.seed such as the machine's name and the number of its card
   * @param options.prefix one to five octets: `'bc:24:11'`
   * @throws `mac.prefix`
   * @example
   * import { net } from 'hearth:net';
   * export default () => net.newMac({ seed: 'web1/net0', prefix: 'bc:24:11' });
   */
  newMac(options?: { seed?: string; prefix?: string }): Mac;
  /**
   * The name under which DNS keeps the name of an address, for a PTR record:
   * `5.0.0.10.in-addr.arpa` of `10.0.0.5`; of IPv6 below `ip6.arpa`.
   *
   * @throws `cidr.no-address`
   */
  reverseName(address: string): string;
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

/** A hardware address. As a string and as JSON it is `mac`; as strings they sort by number. */
export interface Mac {
  /** In lower case, with colons. */
  readonly mac: string;
  /** Its first three octets: the vendor's, unless it is `local`. */
  readonly prefix: string;
  /** Whether whoever runs the network gave it away, and no vendor. */
  readonly local: boolean;
  /** Whether it is that of a group; no card has such a one. */
  readonly multicast: boolean;
  /** The one so far behind it, or before it. @throws `mac.no-such` */
  plus(count: number): Mac;
  /** Whether it is the same, however that is written. @throws `mac.malformed` */
  equals(other: string | Mac): boolean;
}

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
