// A container (LXC) of the newest template of a distribution: downloaded once, created, started.
import { templates } from 'hearth:templates';

export const recipe = {
  summary: 'A container of a distribution’s newest template',
  description: `Finds the newest template that Proxmox offers for a distribution, downloads it where it is missing, creates an
unprivileged container of it with its network and keys, and starts it. Of a container of that name that is there already, what
differs is changed, and nothing in a second run. When something fails, what was done is taken back; the downloaded template
stays, as a cache for the next one.`,
  params: {
    hostname: { type: 'string', format: 'hostname', summary: 'name of the container', required: true },
    distribution: { type: 'string', pattern: '^[a-z][a-z0-9.-]*$', summary: 'such as debian-13, ubuntu-24.04, alpine', default: 'debian-13' },
    node: { type: 'string', summary: 'node to create it on', default: 'pve' },
    storage: { type: 'string', pattern: '^[^,=:\\s]+$', summary: 'storage for its disk', default: 'local-lvm' },
    templateStorage: { type: 'string', pattern: '^[^,=:\\s]+$', summary: 'file storage for the template', default: 'local' },
    vmid: { type: 'integer', minimum: 100, maximum: 999999999, summary: 'its id; default: the next free one' },
    memory: { type: 'integer', unit: 'MiB', minimum: 16, summary: 'memory', default: 512 },
    swap: { type: 'integer', unit: 'MiB', minimum: 0, summary: 'swap', default: 512 },
    cores: { type: 'integer', minimum: 1, summary: 'CPU cores', default: 1 },
    disk: { type: 'integer', unit: 'GiB', minimum: 1, summary: 'size of the disk', default: 8 },
    bridge: { type: 'string', pattern: '^[^,=\\s]+$', summary: 'bridge of its network card', default: 'vmbr0' },
    vlan: { type: 'integer', minimum: 1, maximum: 4094, summary: 'VLAN tag of its network card' },
    ip: { type: 'string', summary: '`dhcp`, `none`, or an address with its prefix such as 10.0.0.5/24', default: 'dhcp' },
    gateway: { type: 'string', format: 'ipv4', summary: 'gateway, with a fixed address' },
    sshKeys: { type: 'array', items: { type: 'string' }, summary: 'public SSH keys of root', default: [] },
    nesting: { type: 'boolean', summary: 'let it run containers and newer systemd', default: true },
    tags: { type: 'array', items: { type: 'string', pattern: '^[a-z0-9_][a-z0-9_+.-]*$' }, summary: 'its tags', default: [] },
    start: { type: 'boolean', summary: 'start it', default: true },
  },
  permissions: { proxmox: 'write' },
  lock: 'ct/{hostname}',
  onError: 'undo',
};

export default async function ({ params, step, log }) {
  const { start } = params;
  const done = await templates().container(wishOf(params), { step, start });
  const { changed, name, vmid, node, template, differences } = done;
  const what = template ? `is ready on ${node}` : changed ? `is changed: ${differences.join(', ')}` : 'is there; nothing to do';
  log.info(`container ${name} (${vmid}) ${what}`);
  return { changed, vmid, ...(template && { template }) };
}

/** The container, in the words of a template's wish. */
const wishOf = ({ hostname, distribution, templateStorage, disk, bridge, vlan, ip, gateway, tags, start, ...wish }) => ({
  ...wish,
  name: hostname,
  image: distribution,
  imageStorage: templateStorage,
  disks: [{ size: `${disk}GiB` }],
  networks: [{ bridge, vlan, ip, gateway }],
  ...(tags.length > 0 && { tags }),
});
