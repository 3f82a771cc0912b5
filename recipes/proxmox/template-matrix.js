// Templates of several distributions at once, all alike in hardware, network and keys.
import { images } from 'hearth:images';
import { templates } from 'hearth:templates';

export const recipe = {
  summary: 'Templates of several distributions at once',
  description: `Builds, changes or replaces a template for each distribution, as template.js does for one. Those that copy to the
same storage wait for each other, and an image that several need is downloaded once. When some fail, the others are whole, and
the run can be resumed.`,
  params: {
    distributions: {
      type: 'array',
      items: { type: 'string' },
      minItems: 1,
      summary: 'ids or families from the image catalogue',
      default: ['debian-13', 'ubuntu-24.04', 'almalinux-10', 'alpine'],
    },
    node: { type: 'string', summary: 'node to build on', default: 'pve' },
    storage: { type: 'string', pattern: '^[^,=:\\s]+$', summary: 'storage for the disks', default: 'local-lvm' },
    imageStorage: { type: 'string', pattern: '^[^,=:\\s]+$', summary: 'file storage for the downloaded images', default: 'local' },
    prefix: { type: 'string', pattern: '^[a-z0-9-]*$', summary: 'what their names begin with', default: '' },
    memory: { type: 'integer', unit: 'MiB', minimum: 64, summary: 'memory of their clones', default: 2048 },
    cores: { type: 'integer', minimum: 1, summary: 'CPU cores of their clones', default: 2 },
    bridge: { type: 'string', pattern: '^[^,=\\s]+$', summary: 'bridge of their network cards', default: 'vmbr0' },
    sshKeys: { type: 'array', items: { type: 'string' }, summary: 'public SSH keys of their users', default: [] },
    atOnce: { type: 'integer', minimum: 1, maximum: 8, summary: 'how many copy to one storage at once', default: 2 },
    replace: { type: 'boolean', summary: 'build what needs another disk anew', default: false },
    keep: { type: 'integer', minimum: 0, maximum: 99, summary: 'how many retired versions of each stay; default: all' },
  },
  permissions: { proxmox: 'write', images: 'read' },
  lock: 'templates/{node}',
};

export default async function ({ params, step, log }) {
  const { distributions, replace, keep, atOnce } = params;
  const entries = await Promise.all(distributions.map((name) => images().get(name)));
  const done = await templates().matrix(entries.map((entry) => wishOf(entry, params)), { step, replace, keep, atOnce });
  for (const { name, vmid, action } of done) log.info(`template ${name} (${vmid}) is ${SAID[action]}`);
  return done.map(({ name, vmid, changed, differences }) => ({ name, vmid, changed, differences }));
}

const SAID = { none: 'as wanted already', change: 'changed', build: 'ready', replace: 'replaced' };

/** What a template is to be; what its distribution needs besides, the catalogue knows. */
const wishOf = ({ id, family, memoryMiB }, params) => ({
  name: `${params.prefix}${id.replaceAll('.', '-')}`,
  node: params.node,
  image: id,
  storage: params.storage,
  imageStorage: params.imageStorage,
  memory: Math.max(params.memory, memoryMiB),
  cores: params.cores,
  networks: [{ bridge: params.bridge }],
  sshKeys: params.sshKeys,
  tags: [family],
});
