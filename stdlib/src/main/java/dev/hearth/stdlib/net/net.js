// hearth:net: reckoning with addresses, names, and whether something answers.
import { open, pure } from 'hearth:binding';
import { until } from 'hearth:time';

const ops = open('net');
const pureOps = pure('net');

const cidr = (text) => {
  const network = pureOps.network({ cidr: text });
  const own = network.cidr;
  return Object.freeze({
    ...network,
    contains: (other) => pureOps.contains({ cidr: own, other: String(other) }),
    overlaps: (other) => pureOps.overlaps({ cidr: own, other: String(other) }),
    hosts: () => pureOps.hosts({ cidr: own }),
    subnets: (prefix) => pureOps.subnets({ cidr: own, prefix }),
    nextHost: (used = []) => pureOps.nextHost({ cidr: own, prefix: network.prefix, used }),
    nextSubnet: (prefix, used = []) => pureOps.nextSubnet({ cidr: own, prefix, used }),
    toString: () => own,
    toJSON: () => own,
  });
};

const mac = (text) => {
  const known = pureOps.mac({ mac: String(text) });
  const own = known.mac;
  return Object.freeze({
    ...known,
    plus: (count) => mac(pureOps.macPlus({ mac: own, count })),
    equals: (other) => own === mac(other).mac,
    toString: () => own,
    toJSON: () => own,
  });
};

export const net = Object.freeze({
  cidr,
  mac,
  newMac: (options) => mac(pureOps.newMac({ seed: crypto.randomUUID(), ...options })),
  reverseName: (address) => pureOps.reverseName({ address }),
  resolve: (host) => ops.resolve({ host }),
  answers: (host, port, options) => ops.answers({ host, port }, options),
  waitForPort: async (host, port, { timeout = '1m', every = '500ms', signal } = {}) => {
    await until(() => ops.answers({ host, port }, { signal }), { every, timeout, signal });
  },
});
