// Machines of one template, each with the next address of a range.
import { proxmox } from 'hearth:proxmox';
import { templates } from 'hearth:templates';
import { addressesFrom, nameOf } from '../lib/addresses.js';

export const recipe = {
  summary: 'Several machines of a template, with static addresses',
  description: `Clones a template as often as asked, gives each machine the next name and the next address of a range, and starts
it. Machines that are there already are left alone, so a larger count adds what is missing. When something fails, what this run
made is taken back.`,
  params: {
    template: { type: 'string', format: 'hostname', summary: 'name of the template', default: 'debian-13' },
    count: { type: 'integer', minimum: 1, maximum: 200, summary: 'how many machines there are to be', default: 3 },
    prefix: { type: 'string', pattern: '^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$', summary: 'what their names begin with', default: 'node' },
    first: {
      type: 'string',
      pattern: '^[0-9]{1,3}([.][0-9]{1,3}){3}/[0-9]{1,2}$',
      summary: 'address of the first one with its prefix, such as 10.0.0.101/24',
      required: true,
    },
    gateway: { type: 'string', format: 'ipv4', summary: 'gateway of all' },
    nameserver: { type: 'string', pattern: '^[0-9A-Fa-f.:]+( +[0-9A-Fa-f.:]+)*$', summary: 'DNS servers, separated by blanks' },
    full: { type: 'boolean', summary: 'copy the disk, rather than standing on that of the template', default: false },
    storage: { type: 'string', pattern: '^[^,=:\\s]+$', summary: 'storage of full clones; default: that of the template' },
    memory: { type: 'integer', unit: 'MiB', minimum: 64, summary: 'memory; default: as the template has it' },
    cores: { type: 'integer', minimum: 1, summary: 'CPU cores; default: as the template has it' },
    disk: { type: 'integer', unit: 'GiB', minimum: 1, summary: 'size of the disk; default: as the template has it' },
    tags: { type: 'array', items: { type: 'string', pattern: '^[a-z0-9_][a-z0-9_+.-]*$' }, summary: 'their tags', default: [] },
    start: { type: 'boolean', summary: 'start them', default: true },
    atOnce: { type: 'integer', minimum: 1, maximum: 16, summary: 'how many are made at once', default: 4 },
  },
  permissions: { proxmox: 'write' },
  lock: 'fleet/{prefix}',
  onError: 'undo',
};

export default async function ({ params, step, log }) {
  const wanted = machines(params);
  const missing = await step('see which are there', () => missingOf(wanted), { readOnly: true });
  const template = templates().template(params.template);
  const made = [];
  for (const group of groups(missing, params.atOnce)) {
    made.push(...(await Promise.all(group.map((machine) => template.clone(cloneOf(machine, params), { step })))));
  }
  log.info(made.length === 0 ? `all ${wanted.length} machines are there` : `${made.length} of ${wanted.length} machines are new`);
  return { changed: made.length > 0, machines: wanted, made: made.map(({ vmid }) => vmid) };
}

/** Names and addresses; a range that has others than those of machines is refused before anything is made. */
function machines({ count, prefix, first, gateway }) {
  return addressesFrom(first, count, gateway).map(({ address, bits }, index) => ({ name: nameOf(prefix, index), ip: `${address}/${bits}` }));
}

async function missingOf(wanted) {
  const names = new Set((await proxmox().vms.list()).map(({ name }) => name));
  return wanted.filter(({ name }) => !names.has(name));
}

const groups = (all, size) =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));

/** What one machine has of its own. */
function cloneOf({ name, ip }, { gateway, nameserver, full, storage, memory, cores, disk, tags, start }) {
  const config = { ipconfig0: `ip=${ip}${gateway ? `,gw=${gateway}` : ''}`, nameserver, memory, cores };
  return {
    name,
    full,
    storage,
    tags,
    start,
    disk: disk && `${disk}GiB`,
    config: Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined)),
  };
}
