// VMs that are there already, as a Terraform module that takes them over.
import { proxmox } from 'hearth:proxmox';
import { configuration } from 'hearth:terraform';

export const recipe = {
  summary: 'Writes a Terraform module that takes over the VMs of a cluster',
  description: `Reads the VMs of the cluster and writes a module for the provider bpg/proxmox with a resource for each and an \`import\` block, so that
\`terraform plan\` takes them over and makes nothing anew. Nothing of the cluster is changed. Look at the first plan before you apply it:
what the module does not say of a VM is Terraform's default.`,
  params: {
    out: { type: 'string', summary: 'folder of the module', default: 'from-proxmox' },
    tag: { type: 'string', summary: 'only VMs with this tag' },
    pool: { type: 'string', summary: 'only VMs of this pool' },
    templates: { type: 'boolean', summary: 'templates, too', default: false },
    endpoint: { type: 'string', pattern: '^https://', summary: 'address of the API for Terraform; default: PROXMOX_VE_ENDPOINT' },
  },
  permissions: { proxmox: 'read', terraform: 'write' }, // and `--allow-read` and `--allow-write` of the folder
};

const RESOURCE = 'proxmox_virtual_environment_vm';

export default async function ({ params, step, log }) {
  const guests = await step('read the VMs', () => read(params), { readOnly: true });
  if (guests.length === 0) throw new Error('No VM is to be taken over: none is there, or none has this tag and pool.');

  const c = configuration();
  c.require({ terraform: '>= 1.5', providers: { proxmox: { source: 'bpg/proxmox', version: '~> 0.111.1' } } });
  c.provider('proxmox', params.endpoint === undefined ? {} : { endpoint: params.endpoint });
  const names = naming(guests);
  for (const guest of guests) {
    const name = names.get(guest.vmid);
    const vm = c.resource(RESOURCE, name, resource(guest), { lifecycle: { preventDestroy: true, ignoreChanges: ['initialization'] } });
    c.import(vm, `${guest.node}/${guest.vmid}`);
    c.output(`${name}_vm_id`, vm.at('vm_id'));
  }
  const { files, changed } = await step('write the module', () => c.write(params.out));
  for (const { name, change } of files) if (change !== 'unchanged') log.info(`${params.out}/${name} ${change}`);
  log.info(`${guests.length} VMs; next: make -C ${params.out} plan`);
  return { changed, vms: guests.map(({ vmid }) => ({ vmid, address: `${RESOURCE}.${names.get(vmid)}` })) };
}

const tagsOf = (tags) => (tags ?? '').split(/[;, ]+/).filter((tag) => tag !== '').sort();

async function read({ tag, pool, templates }) {
  const pve = proxmox();
  const all = await pve.request('GET', '/cluster/resources');
  const chosen = all
    .filter(({ type }) => type === 'qemu')
    .filter((guest) => templates || guest.template !== 1)
    .filter((guest) => tag === undefined || tagsOf(guest.tags).includes(tag))
    .filter((guest) => pool === undefined || guest.pool === pool)
    .sort((a, b) => a.vmid - b.vmid);
  return Promise.all(
    chosen.map(async ({ vmid, node, status, pool: its }) => ({ vmid, node, started: status === 'running', pool: its, config: await pve.vm({ vmid, node }).config() })),
  );
}

/** A name for each, which stays what it is when VMs of other names come. */
function naming(guests) {
  const plain = ({ config, vmid }) => (config.name ?? `vm-${vmid}`).replace(/[^A-Za-z0-9_-]/g, '_').replace(/^(?![A-Za-z_])/, '_');
  const count = new Map();
  for (const guest of guests) count.set(plain(guest), (count.get(plain(guest)) ?? 0) + 1);
  return new Map(guests.map((guest) => [guest.vmid, count.get(plain(guest)) === 1 ? plain(guest) : `${plain(guest)}_${guest.vmid}`]));
}

/** A VM as the provider has it; sizes in its units: GiB for disks, MiB for memory. */
function resource({ vmid, node, started, pool, config }) {
  const devices = Object.entries(config).sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  const disks = devices.filter(([key, value]) => /^(scsi|virtio|sata|ide)\d+$/.test(key) && !/media=cdrom/.test(value)).map(disk);
  const networks = devices.filter(([key]) => /^net\d+$/.test(key)).map(([, value]) => network(value));
  return given({
    node_name: node,
    vm_id: vmid,
    name: config.name,
    description: config.description,
    tags: tagsOf(config.tags),
    pool_id: pool,
    started,
    on_boot: config.onboot === undefined ? undefined : Number(config.onboot) === 1,
    template: Number(config.template) === 1 ? true : undefined,
    machine: config.machine,
    bios: config.bios,
    scsi_hardware: config.scsihw,
    cpu: [given({ cores: number(config.cores), sockets: number(config.sockets), type: config.cpu?.replace(/^cputype=/, '').split(',')[0] })],
    memory: [{ dedicated: number(config.memory) ?? 512 }],
    agent: [{ enabled: /^1|enabled=1/.test(String(config.agent ?? '')) }],
    operating_system: config.ostype === undefined ? undefined : [{ type: config.ostype }],
    disk: disks.length === 0 ? undefined : disks,
    network_device: networks.length === 0 ? undefined : networks,
  });
}

const given = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
const number = (value) => (value === undefined ? undefined : Number(value));
const options = (value) => Object.fromEntries(value.split(',').map((part) => [part.split('=')[0], part.slice(part.indexOf('=') + 1)]));

const SIZES = { K: 1 / 2 ** 20, M: 1 / 2 ** 10, G: 1, T: 2 ** 10 };

/** `local-lvm:vm-100-disk-0,size=20G,discard=on` */
function disk([key, value]) {
  const { size = '', discard, iothread, ssd, cache, format } = options(value);
  const [, count, unit] = /^(\d+(?:\.\d+)?)([KMGT])?$/.exec(size) ?? [];
  return given({
    interface: key,
    datastore_id: value.split(':')[0],
    size: count === undefined ? undefined : Math.ceil(Number(count) * (unit === undefined ? 1 / 2 ** 30 : SIZES[unit])),
    discard,
    iothread: iothread === undefined ? undefined : iothread === '1',
    ssd: ssd === undefined ? undefined : ssd === '1',
    cache,
    file_format: format,
  });
}

/** `virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=20` */
function network(value) {
  const { bridge, tag, firewall, mtu } = options(value);
  const [model, address] = value.split(',')[0].split('=');
  return given({
    model,
    mac_address: address,
    bridge,
    vlan_id: number(tag),
    mtu: number(mtu),
    firewall: firewall === undefined ? undefined : firewall === '1',
  });
}
