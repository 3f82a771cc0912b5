// Stands in until the pieces spec and cloudinit are there.
import { hash } from 'hearth:hash';

const mib = (size) => {
  const [, n, unit] = /^(\d+) ?([MGT])iB$/.exec(size);
  return Number(n) * { M: 1, G: 1024, T: 1048576 }[unit];
};
export const specificationOf = (wish, image) => ({
  name: wish.name,
  node: wish.node, storage: wish.storage, imageStorage: wish.imageStorage ?? 'local',
  image: typeof wish.image === 'string' ? { id: wish.image } : wish.image,
  hardware: {
    cpu: wish.cpu ?? image?.cpu ?? 'x86-64-v2-AES', cores: wish.cores ?? 2, sockets: 1, memoryMiB: wish.memory ?? 2048, balloonMiB: wish.memory ?? 2048,
    firmware: wish.firmware ?? 'bios', secureBoot: false, tpm: false, machine: wish.firmware === 'uefi' ? 'q35' : 'i440fx', display: 'std', ostype: 'l26' },
  disks: (wish.disks ?? [{}]).map(({ size, storage }) => ({ sizeMiB: size ? mib(size) : null, storage: storage ?? wish.storage, ssd: true, discard: true })),
  networks: (wish.networks ?? [{ bridge: 'vmbr0', ip: 'dhcp' }]).map((n) => ({ model: 'virtio', ...n })),
  nameservers: wish.nameservers ?? [], searchDomains: [], users: (wish.users ?? [{ name: image?.user }]).map((u) => ({ ...u, keys: u.keys ?? wish.sshKeys ?? [] })),
  packages: wish.packages ?? [], files: [], repositories: [], commands: [], everyBoot: [], agent: wish.agent ?? true,
  tags: wish.tags ?? [], categories: [], notes: wish.notes ?? '',
});
export const digestOf = (spec, identity) => hash.sha256(JSON.stringify([spec, identity]));
export const documents = (spec) => {
  const [{ name, keys = [] }] = spec.users;
  const options = {};
  if (name) options.ciuser = name;
  spec.networks.forEach(({ ip = 'dhcp', gateway }, i) => { options['ipconfig' + i] = 'ip=' + ip + (gateway ? ',gw=' + gateway : ''); });
  if (keys.length) options.sshkeys = encodeURIComponent([...keys].sort().join('\n'));
  if (spec.nameservers.length) options.nameserver = spec.nameservers.join(' ');
  return { options, vendorData: spec.packages.length ? 'packages: ' + JSON.stringify(spec.packages) : null };
};
