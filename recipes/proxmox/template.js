// A Proxmox VE template from a distribution's cloud image: cloud-init, network, user, keys, guest agent.
import { images } from 'hearth:images';
import { templates } from 'hearth:templates';

export const recipe = {
  summary: 'A cloud-init template from a distribution’s cloud image',
  description: `Finds the newest image and its checksum, has the node download and check it, builds a VM around it
and turns that into a template. A second run changes nothing, or just what is now wanted otherwise; what needs another
disk, such as a newer image, is built anew with --replace and takes the place of the old one, whose clones go on working.
When something fails, nothing is left behind.`,
  params: {
    distribution: { type: 'string', summary: 'id or family from the image catalogue', default: 'debian-13' },
    name: { type: 'string', format: 'hostname', summary: 'name of the template; default: the distribution’s id' },
    node: { type: 'string', summary: 'node to build on', default: 'pve' },
    storage: { type: 'string', pattern: '^[^,=:\\s]+$', summary: 'storage for the disk', default: 'local-lvm' },
    imageStorage: { type: 'string', pattern: '^[^,=:\\s]+$', summary: 'file storage for the downloaded image', default: 'local' },
    vmid: { type: 'integer', minimum: 100, maximum: 999999999, summary: 'id of the template; default: the next free one' },
    memory: { type: 'integer', unit: 'MiB', minimum: 64, summary: 'memory of its clones', default: 2048 },
    cores: { type: 'integer', minimum: 1, summary: 'CPU cores of its clones', default: 2 },
    disk: { type: 'integer', unit: 'GiB', minimum: 1, summary: 'size of the disk; default: 10, or what the image needs' },
    bridge: { type: 'string', pattern: '^[^,=\\s]+$', summary: 'bridge of its network card', default: 'vmbr0' },
    vlan: { type: 'integer', minimum: 1, maximum: 4094, summary: 'VLAN tag of its network card' },
    ip: {
      type: 'string',
      pattern: '^(dhcp|[0-9]{1,3}([.][0-9]{1,3}){3}/[0-9]{1,2})$',
      summary: '`dhcp`, or an address with its prefix such as 10.0.0.5/24',
      default: 'dhcp',
    },
    gateway: { type: 'string', format: 'ipv4', summary: 'gateway, with a fixed address' },
    nameserver: { type: 'string', pattern: '^[0-9A-Fa-f.:]+( +[0-9A-Fa-f.:]+)*$', summary: 'DNS servers, separated by blanks' },
    user: { type: 'string', pattern: '^[a-z_][a-z0-9_-]{0,31}$', summary: 'user that cloud-init makes; default: the distribution’s own' },
    sshKeys: { type: 'array', items: { type: 'string' }, summary: 'public SSH keys of that user', default: [] },
    tags: { type: 'array', items: { type: 'string', pattern: '^[a-zA-Z0-9_][a-zA-Z0-9_+.-]*$' }, summary: 'further tags', default: [] },
    notes: { type: 'string', summary: 'what stands in the notes of the template', default: '' },
    agent: { type: 'boolean', summary: 'expect the guest agent in its clones; default: where the image has it' },
    imageUrl: { type: 'string', format: 'uri', summary: 'an image of your own, instead of the vendor’s newest' },
    iso: { type: 'string', minLength: 1, summary: 'a disc that it installs itself from: local:iso/disc.iso, or an address with its checksum' },
    imageChecksum: {
      type: 'string',
      pattern: '^([0-9a-fA-F]{64}|[0-9a-fA-F]{128})$',
      summary: 'SHA-256 or SHA-512 of that image or disc',
    },
    packages: { type: 'array', items: { type: 'string' }, summary: 'packages that its clones install; needs --snippets', default: [] },
    snippets: {
      type: 'string',
      pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]*@.+$',
      summary: 'where vendor data goes, as STORAGE@HOST: a storage with snippets, and the host of hearth:ssh that holds it',
    },
    test: { type: 'boolean', summary: 'boot a clone of it before anybody sees it', default: false },
    testAddress: {
      type: 'string',
      minLength: 1,
      summary: 'where that clone is asked over SSH; with a prefix, such as 10.0.0.250/24, it is given the address. Needs --allow-ssh and --allow-net',
    },
    testGateway: { type: 'string', format: 'ipv4', summary: 'gateway of that address' },
    keep: { type: 'integer', minimum: 0, maximum: 99, summary: 'how many retired versions stay; default: all' },
    provenance: { type: 'string', minLength: 1, summary: 'a folder for a file that tells where it comes from; needs --allow-read and --allow-write of it' },
    replace: { type: 'boolean', summary: 'build what needs another disk anew, in the place of the template that is there', default: false },
  },
  permissions: { proxmox: 'write', images: 'read' },
  onError: 'undo',
};

export default async function ({ params, step, log }) {
  const { replace, keep, vmid, provenance } = params;
  const { testAddress: address, testGateway: gateway } = params;
  const test = address === undefined ? params.test : { over: 'ssh', address, gateway };
  const [storage, host] = params.snippets?.split(/@(.*)/s) ?? [];
  const options = { replace, test, keep, vmid, provenance, snippets: storage && { storage, host } };
  const done = await templates().ensure(await wishOf(params), { step, ...options });
  const { changed, action, name, vmid: id, differences } = done;
  log.info(`template ${name} (${id}) is ${SAID[action]}${differences.length > 0 ? `: ${differences.join(', ')}` : ''}`);
  return { changed, name, vmid: id, ...(differences.length > 0 && { differences }) };
}

const SAID = {
  none: 'what was asked for; nothing to do',
  change: 'changed',
  build: 'ready',
  replace: 'replaced',
};

/** What the template is to be. The image counts by its checksum, so a new build of it is another one. */
async function wishOf(params) {
  const { id, family } = await images().get(params.distribution);
  const { imageUrl: url, imageChecksum: checksum, iso } = params;
  return {
    name: params.name ?? id.replaceAll('.', '-'),
    node: params.node,
    image: iso ? { iso: discOf(iso, checksum), like: id } : url ? { url, checksum, like: id } : id,
    storage: params.storage,
    imageStorage: params.imageStorage,
    memory: params.memory,
    cores: params.cores,
    disks: params.disk && [{ size: `${params.disk}GiB` }],
    networks: [{ bridge: params.bridge, vlan: params.vlan, ip: params.ip, gateway: params.gateway }],
    nameservers: params.nameserver?.split(/ +/),
    users: params.user ? [{ name: params.user }] : undefined,
    sshKeys: params.sshKeys,
    tags: [family, ...params.tags],
    notes: params.notes,
    agent: params.agent,
    packages: params.packages,
  };
}

const discOf = (iso, checksum) => (/^https?:/.test(iso) ? { url: iso, checksum } : { volid: iso });
