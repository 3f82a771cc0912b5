// A Proxmox VE template from a distribution's cloud image: cloud-init, network, user, keys, guest agent.
import { images } from 'hearth:images';
import { proxmox } from 'hearth:proxmox';

export const recipe = {
  summary: 'A cloud-init template from a distribution’s cloud image',
  description: `Finds the newest image and its checksum, has the node download and check it, builds a VM around it
and turns that into a template. A second run changes nothing, or just what is now wanted otherwise. When something
fails, nothing is left behind.`,
  params: {
    distribution: { type: 'string', summary: 'id or family from the image catalogue', default: 'debian-13' },
    name: { type: 'string', format: 'hostname', summary: 'name of the template; default: the distribution’s id' },
    node: { type: 'string', summary: 'node to build on', default: 'pve' },
    storage: { type: 'string', pattern: '^[^,=:\\s]+$', summary: 'storage for the disk', default: 'local-lvm' },
    imageStorage: { type: 'string', pattern: '^[^,=:\\s]+$', summary: 'file storage for the downloaded image', default: 'local' },
    vmid: { type: 'integer', minimum: 100, maximum: 999999999, summary: 'id of the template; default: the next free one' },
    memory: { type: 'integer', unit: 'MiB', minimum: 64, summary: 'memory of its clones', default: 2048 },
    cores: { type: 'integer', minimum: 1, summary: 'CPU cores of its clones', default: 2 },
    disk: { type: 'integer', unit: 'GiB', minimum: 1, summary: 'size of the disk', default: 10 },
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
    agent: { type: 'boolean', summary: 'expect the guest agent in its clones', default: true },
    imageUrl: { type: 'string', format: 'uri', summary: 'an image of your own, instead of the vendor’s newest' },
    imageChecksum: {
      type: 'string',
      pattern: '^([0-9a-fA-F]{64}|[0-9a-fA-F]{128})$',
      summary: 'SHA-256 or SHA-512 of that image',
    },
  },
  permissions: { proxmox: 'write', images: 'read' },
  onError: 'undo',
};

export default async function ({ params, step, log }) {
  const pve = proxmox();
  const image = await step('find the image', () => imageOf(params), { readOnly: true });
  const template = pve.template(params.name ?? image.image.id.replaceAll('.', '-'));
  const spec = specOf(params, image);

  const plan = await step('look at what is there', () => template.plan(spec), { readOnly: true });
  const { existing } = plan;
  if (existing) {
    if (plan.actions.length === 0) {
      log.info(`template ${template.name} (${existing.vmid}) is what was asked for; nothing to do`);
      return { changed: false, name: template.name, vmid: existing.vmid };
    }
    await step('change the template', () => template.change(spec, plan), {
      undo: () => template.restore(spec, plan),
    });
    log.info(`template ${template.name} (${existing.vmid}) is changed: ${plan.differences.join(', ')}`);
    return { changed: true, name: template.name, vmid: existing.vmid, differences: plan.differences };
  }

  await step('download the image', () => template.download(spec, plan), {
    undo: () => template.discardImage(spec, plan),
  });
  const vm = await step('create the VM', () => template.create(spec, plan), {
    undo: () => template.discardVm(spec, plan),
  });
  await step('set up cloud-init', () => template.configure(spec, vm));
  await step('resize the disk', () => template.resize(spec, vm));
  await step('convert to a template', () => template.convert(spec, vm));

  log.info(`template ${template.name} (${vm.vmid}) is ready on ${params.node}`);
  return { changed: true, name: template.name, vmid: vm.vmid };
}

/** The vendor's newest image, or the user's own: then no vendor is asked, and the catalogue tells the rest. */
async function imageOf({ distribution, imageUrl: url, imageChecksum: checksum }) {
  if (!url) return newest(distribution);
  const file = url.replace(/[?#].*/, '').split('/').pop();
  const filename = `${file.replace(/\.(img|qcow2)$/, '')}.qcow2`;
  const algorithm = checksum?.length === 128 ? 'sha512' : 'sha256';
  return { url, filename, checksum, algorithm, image: await images().get(distribution) };
}

/** What nobody can import as it is, is told before anything is made. */
async function newest(distribution) {
  const { delivery, name } = await images().get(distribution);
  if (delivery === 'import') return images().latest(distribution);
  const what = delivery === 'iso' ? 'an ISO image to install from' : 'packed: no node can unpack it';
  throw new Error(`The image of ${name} is ${what}. Make a disk image of it and give its address with --image-url.`);
}

/** What the template is to be. The image counts by its checksum, so a new build is a new template. */
function specOf(params, { url, filename, checksum, algorithm, image }) {
  const gateway = params.gateway ? `,gw=${params.gateway}` : '';
  return {
    node: params.node,
    vmid: params.vmid,
    image: { url, filename, checksum, algorithm },
    storage: params.storage,
    imageStorage: params.imageStorage,
    memory: params.memory,
    cores: params.cores,
    cpu: image.cpu,
    diskSize: /** @type {const} */ (`${params.disk}GiB`),
    bridge: params.bridge,
    vlan: params.vlan,
    user: params.user ?? image.user,
    sshKeys: params.sshKeys,
    ipconfig: `ip=${params.ip}${gateway}`,
    nameserver: params.nameserver,
    tags: [image.family, ...params.tags],
    notes: params.notes,
    agent: params.agent,
  };
}
