// What your hosts are: their systems, sizes and addresses.
import { hosts } from 'hearth:ssh';

export const recipe = {
  summary: 'What hosts are: system, size, addresses',
  description: `Asks each host with one command, several at once. A host that cannot be asked is told with the reason; the others are told all the same,
and then the run fails. Changes nothing.`,
  params: {
    hosts: { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1, uniqueItems: true, summary: 'hosts, as you give them to ssh' },
    atOnce: { type: 'integer', minimum: 1, maximum: 100, summary: 'how many are asked at once', default: 10 },
  },
  permissions: { ssh: 'read' },
};

const GIB = 2 ** 30;
const gib = (bytes) => (bytes === null ? null : Math.round((bytes / GIB) * 10) / 10);

export default async function ({ params, log }) {
  const asked = await hosts(params.hosts, { limit: params.atOnce }).each((host) => host.facts());
  const found = [];
  const failed = [];
  for (const [name, { ok, value, error }] of Object.entries(asked)) {
    if (ok) found.push(row(name, value));
    else failed.push(name), log.error(`${name}: ${error.message}`);
  }
  for (const { name, os, cpus, memoryGiB, addresses } of found) log.info(`${name}: ${os}, ${cpus} CPUs, ${memoryGiB} GiB, ${addresses.join(' ')}`);
  if (failed.length > 0) throw new Error(`${failed.length} of ${params.hosts.length} hosts could not be asked: ${failed.join(', ')}.`);
  return found;
}

const row = (name, { hostname, kernel, architecture, os, packageManager, init, cpus, memoryBytes, addresses, disks }) => ({
  name,
  hostname,
  os: os.name ?? os.id ?? 'unknown',
  kernel,
  architecture,
  packageManager,
  init,
  cpus,
  memoryGiB: gib(memoryBytes),
  addresses,
  disks: disks.map((disk) => ({ name: disk.name, sizeGiB: gib(disk.sizeBytes) })),
});
