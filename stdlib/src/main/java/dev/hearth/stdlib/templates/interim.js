// Stands in until the pieces spec and cloudinit are there.
import { hash } from 'hearth:hash';

export const specificationOf = (wish, image) => ({
  name: wish.name ?? image.image.id.replaceAll('.', '-'),
  node: wish.node, storage: wish.storage, imageStorage: wish.imageStorage ?? 'local',
  image: typeof wish.image === 'string' ? { id: wish.image } : wish.image,
  hardware: { cpu: image.image?.cpu ?? 'x86-64-v2-AES', cores: 2, sockets: 1, memoryMiB: 2048, balloonMiB: 0, firmware: 'bios', secureBoot: false, tpm: false, machine: 'i440fx', display: 'std', ostype: 'l26', ...wish.hardware },
  disks: [{ sizeMiB: wish.disk, storage: wish.storage, ssd: true, discard: true }],
  networks: wish.networks ?? [{ bridge: 'vmbr0', model: 'virtio', ip: 'dhcp' }],
  nameservers: wish.nameservers ?? [], searchDomains: [], users: wish.users ?? [{ name: image.image?.user, keys: [] }],
  packages: wish.packages ?? [], files: [], repositories: [], commands: [], everyBoot: [], agent: wish.agent ?? true,
  tags: wish.tags ?? [], categories: [], notes: wish.notes ?? '',
});
export const digestOf = (spec, identity) => hash.sha256(JSON.stringify([spec, identity]));
export const documents = (spec) => {
  const [{ name, keys = [] }] = spec.users;
  const options = { ciuser: name, ipconfig0: 'ip=' + spec.networks[0].ip + (spec.networks[0].gateway ? ',gw=' + spec.networks[0].gateway : '') };
  if (keys.length) options.sshkeys = encodeURIComponent(keys.join('\n'));
  if (spec.nameservers.length) options.nameserver = spec.nameservers.join(' ');
  return { options, vendorData: spec.packages.length ? 'packages: ' + JSON.stringify(spec.packages) : null };
};
