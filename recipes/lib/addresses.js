// Addresses of IPv4 one after another, for the recipes that make several machines.

const numberOf = (address) => address.split('.').reduce((number, part) => number * 256 + Number(part), 0);
const textOf = (number) => [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join('.');

/**
 * As many addresses as asked from `first` (`10.0.0.101/24`) on, with the bits of its network. A range that runs out of the network, or
 * meets the network's own address, its broadcast or the gateway, is refused.
 */
export function addressesFrom(first, count, gateway) {
  const [address, bits] = first.split('/');
  const start = numberOf(address);
  const size = 2 ** (32 - Number(bits));
  const network = Math.floor(start / size);
  return Array.from({ length: count }, (_, index) => {
    const number = start + index;
    const isHost = size <= 2 || (number % size !== 0 && number % size !== size - 1);
    if (Math.floor(number / size) !== network || !isHost) {
      throw new Error(`Address ${index + 1} of ${count}, ${textOf(number)}, is none of a machine in the network of ${first}. Take a smaller count or an earlier first address.`);
    }
    if (gateway !== undefined && numberOf(gateway) === number) {
      throw new Error(`Address ${index + 1} of ${count}, ${gateway}, is the gateway's. Take a first address behind it.`);
    }
    return { address: textOf(number), bits: Number(bits) };
  });
}

/** The name of each machine of a fleet, from 0 on: `web-01`. */
export const nameOf = (prefix, index) => `${prefix}-${String(index + 1).padStart(2, '0')}`;
