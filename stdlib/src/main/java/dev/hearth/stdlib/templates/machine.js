// What a specification is in the options of Proxmox: the one source for making a template, comparing one and changing one.
import { hash } from 'hearth:hash';

/** What a VM is named and tagged while it is what. */
export const STATES = Object.freeze({ current: 'current', retired: 'retired', building: 'building' });

const flag = (value) => (value ? '1' : '0');

const card = ({ model, mac, bridge, firewall, vlan, mtu }) =>
  [
    mac ? `${model}=${mac}` : model,
    `bridge=${bridge}`,
    firewall && 'firewall=1',
    vlan && `tag=${vlan}`,
    mtu && `mtu=${mtu}`,
  ]
    .filter(Boolean)
    .join(',');

/** The tags of a template in a state, sorted and in small letters, as Proxmox keeps them. */
export const tagsOf = (spec, state) => {
  const own = [...spec.tags, ...spec.categories].map((tag) => tag.toLowerCase());
  return [...new Set(['hearth', state, ...own])].sort().join(';');
};

/** What can be changed in a template that is there, as its disk stays as it is; null for what is not to be there. */
export function changeable(spec, documents) {
  const { hardware } = spec;
  return {
    memory: String(hardware.memoryMiB),
    balloon: hardware.balloonMiB === hardware.memoryMiB ? null : String(hardware.balloonMiB), // what Proxmox does by itself
    cores: String(hardware.cores),
    sockets: String(hardware.sockets),
    cpu: hardware.cpu,
    vga: hardware.display,
    agent: `enabled=${flag(spec.agent)}`,
    ...Object.fromEntries(spec.networks.map((nic, index) => [`net${index}`, card(nic)])),
    ...documents.options,
  };
}

/** Cards and addresses of a template that a specification has no more. */
const surplus = (config, wanted) =>
  Object.fromEntries(
    Object.keys(config)
      .filter((key) => /^(?:net|ipconfig)\d+$/.test(key) && !Object.hasOwn(wanted, key))
      .concat(['ciuser', 'sshkeys', 'nameserver', 'searchdomain'].filter((key) => !Object.hasOwn(wanted, key)))
      .map((key) => [key, null]),
  );

/** What the options of a template are held against: all that can be changed, and `more`. Proxmox never tells a password. */
export const comparable = (spec, documents, config, more = {}) => {
  const { cipassword: _, ...wanted } = { ...changeable(spec, documents), ...more };
  return { ...wanted, ...surplus(config, wanted) };
};

/** The storage of a volume, or of a drive on one. */
export const storageOf = (volume) => volume.replace(/:.*$/s, '');

const diskOf = ({ storage, ssd, discard }, content) =>
  `${storage}:${content}${discard ? ',discard=on' : ''},iothread=1${ssd ? ',ssd=1' : ''}`;

const gibOf = ({ sizeMiB }) => `${Math.ceil((sizeMiB ?? 1024) / 1024)}`;

/** The machine without disks. */
const frame = ({ hardware, storage }) => ({
  ostype: hardware.ostype,
  scsihw: 'virtio-scsi-single',
  serial0: 'socket', // many cloud images panic without one
  ...(hardware.machine === 'q35' && { machine: 'q35' }),
  ...(hardware.firmware === 'uefi' && {
    bios: 'ovmf',
    efidisk0: `${storage}:1,efitype=4m,pre-enrolled-keys=${flag(hardware.secureBoot)}`,
  }),
  ...(hardware.tpm && { tpmstate0: `${storage}:1,version=v2.0` }),
});

/** What a machine has besides the disk that it starts from. */
const besides = ({ hardware, disks, storage }, snippet, part = 'vendor') => ({
  boot: 'order=scsi0',
  ...Object.fromEntries(disks.slice(1).map((disk, index) => [`scsi${index + 1}`, diskOf(disk, gibOf(disk))])),
  [hardware.machine === 'q35' ? `scsi${disks.length}` : 'ide2']: `${storage}:cloudinit`, // q35 has slow IDE
  ...(snippet && { cicustom: `${part}=${snippet}` }),
});

/** What a VM is made with besides: its disks, in one call, so that no two tasks want its lock. */
export const fixed = (spec, imageVolume, snippet, part) => ({
  ...frame(spec),
  ...besides(spec, snippet, part),
  scsi0: diskOf(spec.disks[0], `0,import-from=${imageVolume}`),
});

/** Less memory is not enough for the larger installers. */
const INSTALLER_MIB = 3072;

/** What a VM is made with that installs itself from a disc: an empty disk, so that there is no other that it could take. */
export const installing = (spec, disc, answers) => ({
  ...frame(spec),
  memory: String(Math.max(spec.hardware.memoryMiB, INSTALLER_MIB)),
  boot: 'order=ide2;scsi0',
  scsi0: diskOf(spec.disks[0], gibOf(spec.disks[0])),
  ide2: `${disc},media=cdrom`,
  ide0: `${answers},media=cdrom`,
});

/** What such a VM is given and loses when it has done so. */
export const installed = (spec, snippet) => ({
  memory: String(spec.hardware.memoryMiB),
  ide0: null,
  ide2: null,
  ...besides(spec, snippet),
});

/** What an image is known by: a new build of it is another image. */
export const identityOf = ({ checksum, volid, url }) => checksum ?? volid ?? url;

const SETUP = ['users', 'locale', 'timezone', 'keyboard', 'hostname', 'packages', 'repositories', 'commands', 'everyBoot', 'files'];

/** The first user is made by Proxmox, from options that can be changed. */
const unreadable = (spec, field) => {
  if (field !== 'users') return spec[field];
  const [first, ...others] = spec.users;
  return [first === undefined ? null : { ...first, name: null, keys: [] }, ...others];
};

/** A digest of each part that no option of a VM tells, so that a change of it is noticed and named. */
export const partsOf = (spec) =>
  Object.fromEntries(
    SETUP.map((field) => [field, hash.sha256(JSON.stringify(unreadable(spec, field)) ?? '').slice(0, 8)]),
  );

const UNITS = { K: 2 ** -10, M: 1, G: 2 ** 10, T: 2 ** 20 };

/** The MiB of a drive, as its option tells. */
export const sizeOf = (drive) => {
  const size = /(?:^|,)size=([0-9.]+)([KMGT])/.exec(drive ?? '');
  return size === null ? 0 : Number(size[1]) * UNITS[size[2]];
};

const shownSize = (mib) => (mib % 1024 === 0 ? `${mib / 1024}GiB` : `${mib}MiB`);
const shown = (value) => {
  const text = value === undefined || value === null || value === '' ? 'none' : String(value);
  return text.length > 40 ? `${text.slice(0, 12)}…` : text;
};

/** What only another disk can change, since linked clones stand on the one of a template: each difference for people. */
export function rebuilt(spec, image, { mark, config }) {
  const found = [];
  const differ = (field, is, wanted) => {
    if (is !== wanted) found.push(`${field} ${shown(is)} -> ${shown(wanted)}`);
  };
  differ('image', mark.image?.identity, identityOf(image));
  differ('firmware', config.bios === 'ovmf' ? 'uefi' : 'bios', spec.hardware.firmware);
  differ('machine', config.machine?.includes('q35') ? 'q35' : 'i440fx', spec.hardware.machine);
  differ('tpm', config.tpmstate0 !== undefined, spec.hardware.tpm);
  spec.disks.forEach((disk, index) => {
    const drive = config[`scsi${index}`];
    const isDisk = drive !== undefined && !/cloudinit/.test(drive);
    const name = index === 0 ? '' : ` of disk ${index}`;
    differ(`storage${name}`, isDisk ? storageOf(drive) : undefined, disk.storage);
    if (isDisk && disk.sizeMiB && sizeOf(drive) !== disk.sizeMiB) {
      found.push(`size${name} ${shownSize(sizeOf(drive))} -> ${shownSize(disk.sizeMiB)}`);
    }
  });
  const parts = partsOf(spec);
  for (const field of SETUP) if (mark.parts && mark.parts[field] !== parts[field]) found.push(field);
  return found;
}
