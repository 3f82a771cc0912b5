// A container (LXC) of the newest template of a distribution: downloaded once, created, started.
import { proxmox } from 'hearth:proxmox';

export const recipe = {
  summary: 'A container of a distribution’s newest template',
  description: `Finds the newest template that Proxmox offers for a distribution, downloads it where it is missing, creates an
unprivileged container of it with its network and keys, and starts it. A container of the name that is there already is left
alone. When something fails, the container is taken back; the downloaded template stays, as a cache for the next one.`,
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
    ip: {
      type: 'string',
      pattern: '^(dhcp|[0-9]{1,3}([.][0-9]{1,3}){3}/[0-9]{1,2})$',
      summary: '`dhcp`, or an address with its prefix such as 10.0.0.5/24',
      default: 'dhcp',
    },
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
  const { hostname, node, templateStorage, ip, gateway } = params;
  if (gateway && ip === 'dhcp') throw new Error('A gateway needs a fixed address: give --ip 10.0.0.5/24 or the like.');
  const pve = proxmox();
  const there = await step('see whether it is there', () => pve.cts.find({ name: hostname }), { readOnly: true });
  if (there) {
    log.info(`container ${hostname} (${there.vmid}) is there; nothing to do`);
    return { changed: false, vmid: there.vmid };
  }
  const template = await step('find the newest template', () => newest(pve, params), { readOnly: true });
  const volid = `${templateStorage}:vztmpl/${template}`;
  await step('download the template', () => download(pve, params, template, volid), { find: () => null });
  const found = () => pve.cts.find({ name: hostname });
  const ct = await step('create the container', () => pve.cts.create(containerOf(params, volid)), {
    find: async () => ((await found()) ? pve.cts.get({ name: hostname }) : null),
    undo: async (made) => {
      const { vmid } = made ?? (await found()) ?? {};
      if (vmid === undefined) return;
      const container = pve.ct(vmid, { node });
      await container.stop();
      await container.delete();
    },
  });
  if (params.start) await step('start it', () => ct.start().then(() => true), { find: () => null });
  log.info(`container ${hostname} (${ct.vmid}) is ready on ${node}`);
  return { changed: true, vmid: ct.vmid, template };
}

/** Of several builds the last one, by the numbers in its name. */
async function newest(pve, { node, distribution }) {
  const all = (await pve.api.nodes(node).aplinfo.get()).map(({ template }) => template);
  const fit = all.filter((name) => name.startsWith(`${distribution}-`) || name.startsWith(`${distribution}_`));
  if (fit.length === 0) {
    throw new Error(`Proxmox offers no template of ${distribution}. Take one of: ${all.map((name) => name.split('_')[0]).sort().join(', ')}.`);
  }
  return fit.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
}

async function download(pve, { node, templateStorage }, template, volid) {
  const content = await pve.storage(templateStorage, { node }).content.list({ content: 'vztmpl' });
  if (content.some((volume) => volume.volid === volid)) return false;
  await pve.task(await pve.api.nodes(node).aplinfo.post({ storage: templateStorage, template })).wait();
  return true;
}

/** In the words of Proxmox. */
function containerOf(params, ostemplate) {
  const { node, vmid, hostname, memory, swap, cores, storage, disk, bridge, vlan, ip, gateway, sshKeys, nesting, tags } = params;
  const card = ['name=eth0', `bridge=${bridge}`, `ip=${ip}`, gateway && `gw=${gateway}`, vlan && `tag=${vlan}`];
  const options = {
    node, vmid, hostname, ostemplate, memory, swap, cores,
    unprivileged: 1,
    rootfs: `${storage}:${disk}`,
    net0: card.filter(Boolean).join(','),
    features: nesting ? 'nesting=1' : undefined,
    tags: tags.length > 0 ? tags.join(';') : undefined,
    'ssh-public-keys': sshKeys.length > 0 ? sshKeys.join('\n') : undefined,
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
