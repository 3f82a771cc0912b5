// What there is in a Proxmox VE cluster: its nodes, guests and storages.
import { proxmox } from 'hearth:proxmox';

export const recipe = {
  summary: 'What there is in a cluster: nodes, guests and storages',
  description: `Tells nodes, virtual machines, containers, templates and storages, with what they use. Changes nothing.`,
  params: {
    show: { type: 'string', enum: ['all', 'nodes', 'guests', 'storages'], summary: 'what to show', default: 'all' },
    node: { type: 'string', summary: 'only what is on this node' },
    tag: { type: 'string', summary: 'only guests with this tag' },
    status: { type: 'string', enum: ['running', 'stopped'], summary: 'only guests in this state' },
    templates: { type: 'boolean', summary: 'templates, too', default: true },
  },
  permissions: { proxmox: 'read' },
};

const GIB = 2 ** 30;
const gib = (bytes) => (bytes === undefined ? undefined : Math.round((bytes / GIB) * 10) / 10);
const percent = (part, whole) => (whole ? Math.round((part / whole) * 100) : undefined);
const tagsOf = (tags) => (tags ?? '').split(/[;, ]+/).filter((tag) => tag !== '');

const nodeRow = ({ node, status, uptime, maxcpu, cpu, mem, maxmem }) => ({
  node,
  status,
  cores: maxcpu,
  cpuPercent: percent(cpu, 1),
  memoryGiB: gib(maxmem),
  memoryPercent: percent(mem, maxmem),
  uptimeDays: uptime === undefined ? undefined : Math.floor(uptime / 86_400),
});

const guestRow = ({ vmid, name, type, template, node, status, maxcpu, maxmem, maxdisk, pool, tags }) => ({
  vmid,
  name,
  kind: template === 1 ? 'template' : type === 'lxc' ? 'container' : 'vm',
  node,
  status,
  cores: maxcpu,
  memoryGiB: gib(maxmem),
  diskGiB: gib(maxdisk),
  pool,
  tags: tagsOf(tags),
});

const storageRow = ({ storage, node, plugintype, status, shared, disk, maxdisk }) => ({
  storage,
  node,
  type: plugintype,
  status,
  shared: shared === 1,
  sizeGiB: gib(maxdisk),
  usedPercent: percent(disk, maxdisk),
});

export default async function ({ params }) {
  const pve = proxmox();
  if (params.node !== undefined) await pve.node(params.node).status(); // says so when there is none
  const all = await pve.request('GET', '/cluster/resources');
  const here = all.filter((each) => params.node === undefined || each.node === params.node);
  const by = (key) => (a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0);

  const nodes = here.filter((each) => each.type === 'node').map(nodeRow).sort(by('node'));
  const guests = here
    .filter((each) => each.type === 'qemu' || each.type === 'lxc')
    .filter((each) => params.templates || each.template !== 1)
    .filter((each) => params.status === undefined || each.status === params.status)
    .filter((each) => params.tag === undefined || tagsOf(each.tags).includes(params.tag))
    .map(guestRow)
    .sort(by('vmid'));
  const storages = here.filter((each) => each.type === 'storage').map(storageRow).sort(by('storage'));

  const found = Object.entries({ nodes, guests, storages });
  return Object.fromEntries(found.filter(([kind]) => params.show === 'all' || params.show === kind));
}
