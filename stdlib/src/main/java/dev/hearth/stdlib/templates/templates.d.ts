import type { CatalogueImage, ImageFilter } from 'hearth:images';
import type { VmHandle } from 'hearth:proxmox';
import type { Secret } from 'hearth:secret';

/**
 * The templates of a Proxmox VE: of the default connection, or of a named one. It works through `hearth:proxmox` and
 * `hearth:images`, and needs what these need.
 *
 * @param connection as `proxmox()` takes it
 */
export function templates(connection?: unknown): Templates;

export interface Templates {
  /**
   * The images that a template can be made of, as `images().list` tells them.
   *
   * @permission images: read
   * @example
   * import { templates } from 'hearth:templates';
   * export const recipe = { permissions: { images: 'read' } };
   * export default async () => (await templates().images({ family: 'debian' })).map((image) => image.id);
   */
  images(filter?: ImageFilter): Promise<CatalogueImage[]>;
  /**
   * What a template of this wish is to be, whole: every default is spelled out, packages have the names of the image's
   * distribution, keys and files are read. It asks no Proxmox.
   *
   * @throws `templates.spec` with all that is wrong, each by its field
   * @throws `templates.no-agent`, `templates.agent-empty`, `templates.agent-broken` for `{ agent: true }`
   * @throws `images.unknown`
   * @permission images: read; `read` for `{ file }`, `net` for `{ url }` and `github:NAME`; for `{ agent: true }`
   *   `env: ['SSH_AUTH_SOCK']` and the socket in `net`
   * @example
   * import { templates } from 'hearth:templates';
   * export const recipe = { permissions: { images: 'read' } };
   * export default async () => {
   *   const wish = { name: 'web', node: 'pve', storage: 'local-lvm', image: 'fedora', packages: ['vim'] };
   *   return (await templates().specification(wish)).packages; // ['vim-enhanced']
   * };
   */
  specification(wish: TemplateWish): Promise<TemplateSpecification>;
  /**
   * What a machine of this wish is set up with, as it would be sent: options of Proxmox, and the text of a cloud-config
   * beneath what Proxmox makes of them.
   *
   * @throws `templates.spec`, `templates.too-large`, `images.unknown`
   * @permission images: read
   * @example
   * import { templates } from 'hearth:templates';
   * export const recipe = { permissions: { images: 'read' } };
   * export default async ({ log }) => {
   *   const wish = { name: 'web', node: 'pve', storage: 'local-lvm', image: 'debian', timezone: 'Europe/Berlin' };
   *   log.info((await templates().documents(wish)).vendorData);
   * };
   */
  documents(wish: TemplateWish): Promise<TemplateDocuments>;

  /**
   * What there is of a template and what would be done; reads only. Compared is what Proxmox has now, so what somebody
   * changed by hand is a difference too; what the wish does not speak of is not.
   *
   * @throws `templates.not-ours` when a VM of the name is no template of Hearth
   * @throws `templates.unfinished` when another run is building it, or left it half-built
   * @throws `templates.needs-replacing` when only another disk would do, without `replace`
   * @throws `templates.snippets-needed`, `templates.image-packed`, `templates.name`
   * @throws `proxmox.node-not-found`, `proxmox.storage-not-found`, `proxmox.storage-content`, `proxmox.bridge-not-found`,
   *     `proxmox.vm-exists` when the node lacks what is needed
   * @permission proxmox: read
   */
  plan(wish: TemplateWish, options?: PlanOptions): Promise<TemplatePlan>;

  /**
   * Builds a template, changes what can be changed of the one that is there, or replaces it; what is as wished is left
   * alone. What fails leaves everything as it was, or says what it had to leave and what to type.
   *
   * @param options.step the recipe's own `step`, so that each step is journaled under its name (`create the VM`), found
   *     again after a crash and undone with the run; wrap it to give the names a beginning of their own. Without it the steps
   *     are taken back here, and a run that is killed leaves what it has made
   * @returns `before` and `after`: which VM was and is the template; `differences` for people: `memory 2048 -> 4096`
   * @throws what `plan` throws
   * @throws `templates.built-elsewhere` when two runs build the same; the other goes on
   * @throws `templates.disk-too-small` when the image itself is larger
   * @permission proxmox: write
   * @example
   * import { templates } from 'hearth:templates';
   * export const recipe = { permissions: { proxmox: 'write', images: 'read' }, onError: 'undo' };
   * export default ({ step }) =>
   *   templates().ensure({ name: 'debian-13', image: 'debian-13', node: 'pve', storage: 'local-lvm', agent: false }, { step });
   */
  ensure(wish: TemplateWish, options?: EnsureOptions): Promise<Ensured>;

  /**
   * Several at once: as `ensure` for each. Those that copy to one storage wait for each other, and a file that several need
   * is downloaded once. Each step is named after its template: `debian-13: create the VM`.
   *
   * @param options.atOnce how many copy to one storage at once; default 2
   * @throws `templates.some-failed` when all have ended and some failed; the others are whole
   * @throws `templates.spec` before anything is made
   * @permission proxmox: write
   */
  matrix(wishes: readonly TemplateWish[], options?: EnsureOptions & { readonly atOnce?: number }): Promise<Ensured[]>;

  /**
   * Makes a container (LXC) of the newest template that Proxmox offers of a distribution, by the words of a template's wish,
   * and starts it. Of a container of that name that is there, just what differs is changed. What fails is taken back; the
   * downloaded template stays.
   *
   * @param options.start whether it is started; default `true`
   * @throws `templates.spec` with all that is wrong: what a container cannot have or be told is refused by its name
   * @throws `templates.not-offered` when Proxmox offers no template of that distribution
   * @throws `proxmox.guest-fixed` when a disk would have to shrink or to move
   * @permission proxmox: write
   * @example
   * import { templates } from 'hearth:templates';
   * export const recipe = { permissions: { proxmox: 'write' }, onError: 'undo' };
   * export default async ({ step }) => {
   *   const wish = { name: 'dns', node: 'pve', storage: 'local-lvm', image: 'debian-13', networks: [{ ip: '10.0.0.5/24', gateway: '10.0.0.1' }] };
   *   return (await templates().container(wish, { step })).vmid;
   * };
   */
  container(wish: ContainerWish, options?: { readonly step?: EnsureOptions['step']; readonly start?: boolean }): Promise<EnsuredContainer>;

  /**
   * All templates that Hearth made, by id: current and retired ones, and those that are being built.
   *
   * @param options.drift whether the vendors are asked for newer images, which tells `isNewest`; default `false`
   * @permission proxmox: read; images: read with `drift`
   */
  list(options?: { readonly drift?: boolean }): Promise<ListedTemplate[]>;

  /**
   * What runs left that are gone, on this machine or another: half-built templates, clones of boot tests, and the images that a
   * dead run brought and nothing else is made of. What bears no mark of Hearth, and whatever anything was done with lately, is none. A
   * run that can be resumed needs what it made.
   *
   * @param options.olderThan only what nothing was done with for so long; default `'1d'`, at least `'1h'`
   * @permission proxmox: read
   * @example
   * import { templates } from 'hearth:templates';
   * export const recipe = { permissions: { proxmox: 'read' } };
   * export default () => templates().leftovers({ olderThan: '2d' });
   */
  leftovers(options?: { readonly olderThan?: Duration | `${number}d` }): Promise<Leftover[]>;

  /**
   * Removes what `leftovers` lists, with the vendor data of it; what was removed. What cannot be is told in the log, the others go, and
   * then it fails.
   *
   * @permission proxmox: write; `ssh: write` where there is vendor data
   */
  removeLeftovers(options?: { readonly olderThan?: Duration | `${number}d` }): Promise<Leftover[]>;

  /** A template by its name; making the handle asks nobody. */
  template(name: string): TemplateHandle;
}

/** A size with its unit, such as `'2GiB'`; `'512MiB'`, `'1TiB'`. */
export type Size = `${number}${'' | ' '}${'M' | 'G' | 'T'}iB`;

/** A public key as `authorized_keys` has it, those of a file, of the ssh-agent, or those that somebody has on GitHub. */
export type SshKeys = string | `github:${string}` | { readonly file: string } | { readonly agent: true };

/** What a template is to be. All but the first four has a default. */
export interface TemplateWish {
  /** A DNS name. */
  readonly name: string;
  readonly node: string;
  /** Storage of its disks. */
  readonly storage: string;
  /**
   * An id or a family of the catalogue; an image of one's own, `like` one of it; or a volume that the node has. Of one that
   * is like none, what has to be known (names of packages, how services start) is not. A disc (`iso`) installs itself into a
   * minimal system, `like` the image of the same distribution, which is then set up as any image is.
   */
  readonly image:
    | string
    | { readonly url: string; readonly checksum?: string; readonly filename?: string; readonly like?: string }
    | { readonly volid: string; readonly like?: string }
    | { readonly iso: DiscWish; readonly like: string };
  /** Storage of the downloaded image or disc, and of an installer's answers; default `'local'`. */
  readonly imageStorage?: string;

  /** CPU type of Proxmox; default: one that the image runs on, on as many hosts as can be. */
  readonly cpu?: string;
  /** Default 2. */
  readonly cores?: number;
  /** Default 1. */
  readonly sockets?: number;
  /** MiB, or with its unit; default 2048, or what the image needs. */
  readonly memory?: number | Size;
  /** Whether it gives memory back, or how little it may be left with; default true. */
  readonly ballooning?: boolean | number | Size;
  /** The first has the image on it; default: one of 10 GiB, or what the image needs. */
  readonly disks?: readonly { readonly size?: Size; readonly storage?: string; readonly ssd?: boolean; readonly discard?: boolean }[];
  /** Default: BIOS where the image starts by it. */
  readonly firmware?: 'bios' | 'uefi';
  /** Needs UEFI and an image that is signed; default false. */
  readonly secureBoot?: boolean;
  /** A TPM 2.0; default false. */
  readonly tpm?: boolean;
  /** Default: `q35` with UEFI. */
  readonly machine?: 'i440fx' | 'q35';
  /** Default `'std'`; a serial console is there as well. */
  readonly display?: 'std' | 'virtio' | 'virtio-gl' | 'qxl' | 'vmware' | 'cirrus' | 'serial0' | 'none';

  /** Default: one card on `vmbr0` that asks for its address. */
  readonly networks?: readonly NetworkWish[];
  readonly nameservers?: readonly string[];
  readonly searchDomains?: readonly string[];

  /** The first is who Proxmox makes; default: the image's own. A text is a name. */
  readonly users?: readonly (string | UserWish)[];
  /** Of the first user. */
  readonly sshKeys?: readonly SshKeys[];

  /** Such as `'de_DE.UTF-8'`. */
  readonly locale?: string;
  /** Such as `'Europe/Berlin'`. */
  readonly timezone?: string;
  /** A layout, such as `'de'`, or more of XKB. */
  readonly keyboard?: string | { readonly layout: string; readonly variant?: string; readonly model?: string };
  /** Whether a host's name is the whole one, with its domain; whether one that is changed by hand stays. */
  readonly hostname?: { readonly preferFqdn?: boolean; readonly preserve?: boolean };

  /** Names that the package catalogue knows become those of the distribution; `{ exact }` is taken as it is. */
  readonly packages?: readonly (string | { readonly exact: string })[];
  readonly packageSets?: readonly PackageSet[];
  /** `'epel'` where there is one, or of one's own. */
  readonly repositories?: readonly ('epel' | RepositoryWish)[];
  /** Of the first boot: texts for `sh`, or programs with their arguments. The first that fails ends them. */
  readonly commands?: readonly (string | readonly string[])[];
  /** Of every boot, the first one before `commands`. */
  readonly everyBoot?: readonly (string | readonly string[])[];
  readonly files?: readonly FileWish[];
  /** Whether the first boot brings all packages up to date; default true. */
  readonly upgrade?: boolean;
  /** Whether the guest agent is installed and started; default: when the image has it. */
  readonly agent?: boolean;

  readonly tags?: readonly string[];
  /** Further tags, for what the template is for. */
  readonly categories?: readonly string[];
  readonly notes?: string;
}

/**
 * What a container is to be. What is not here (packages, files, commands, locale, users beside root) cannot be asked for
 * through Proxmox's API.
 */
export interface ContainerWish
  extends Pick<TemplateWish, 'name' | 'node' | 'storage' | 'imageStorage' | 'cores' | 'memory' | 'nameservers' | 'searchDomains' | 'sshKeys' | 'timezone' | 'tags' | 'categories' | 'notes'> {
  /** A distribution (`'debian-13'`, `'alpine'`), or a template that the node has. */
  readonly image: string | { readonly volid: string };
  /** Default: the one of that name, or the next free id. */
  readonly vmid?: number;
  /** MiB, or with its unit; default 512, as `memory`. */
  readonly swap?: number | Size;
  /** The first is what it starts from, default 8 GiB; others are mounted at `path`. */
  readonly disks?: readonly { readonly size?: Size; readonly storage?: string; readonly path?: string }[];
  readonly networks?: readonly Omit<NetworkWish, 'model'>[];
  /** Root alone, for its password. */
  readonly users?: readonly ['root' | { readonly name: 'root'; readonly password?: Secret; readonly sshKeys?: readonly SshKeys[] }];
  /** Default false: its root is nobody outside. */
  readonly privileged?: boolean;
  /** Whether it may run containers, and a newer systemd; default true. */
  readonly nesting?: boolean;
  /** Whether it starts with its node. */
  readonly onBoot?: boolean;
}

/** What became of a container; `template` is what a new one was made of. */
export interface EnsuredContainer {
  readonly changed: boolean;
  readonly name: string;
  readonly vmid: number;
  readonly node: string;
  readonly template: string | null;
  /** `memory 512 -> 1024`. */
  readonly differences: readonly string[];
  readonly before: object | null;
  readonly after: object;
  /** `'reboot'` when something waits for that. */
  readonly needs: 'reboot' | null;
}

/**
 * A vendor's disc to install from. It is left alone with its answers, so only those will do whose installers find them on a
 * second disc: of Fedora, RHEL, Rocky, Alma, Oracle and CentOS Stream (kickstart), and of Ubuntu Server from 22.04 on, at whose
 * boot menu one line is typed (autoinstall). Others are refused. The storage must take `iso`.
 */
export interface DiscWish {
  /** Where the node downloads it, with the checksum that its vendor publishes; or */
  readonly url?: string;
  readonly checksum?: string;
  readonly filename?: string;
  /** what the node has: `local:iso/Rocky-9-x86_64-dvd.iso`. */
  readonly volid?: string;
  /** Where its packages come from; needed for discs without packages (boot, netinst). Default: the disc. */
  readonly mirror?: string;
}

export type PackageSet =
  | 'base' | 'guest' | 'network' | 'web' | 'security' | 'monitoring' | 'containers' | 'kubernetes' | 'development'
  | 'languages' | 'databases' | 'storage' | 'backup' | 'shells' | 'automation' | 'desktop';

export interface NetworkWish {
  /** Default `'vmbr0'`. */
  readonly bridge?: string;
  /** Default `'virtio'`. */
  readonly model?: 'virtio' | 'e1000' | 'e1000e' | 'rtl8139' | 'vmxnet3';
  readonly vlan?: number;
  /** Of virtio alone; 1 is that of the bridge. */
  readonly mtu?: number;
  readonly mac?: string;
  /** Whether Proxmox's firewall looks at it; default false. */
  readonly firewall?: boolean;
  /** `'dhcp'` (the default), `'none'`, or an address with its prefix. */
  readonly ip?: string;
  readonly gateway?: string;
  /** `'auto'`, `'dhcp'`, `'none'` (the default), or an address with its prefix. */
  readonly ip6?: string;
  readonly gateway6?: string;
}

export interface UserWish {
  readonly name: string;
  /** Default: `'nopasswd'` for the first, `'none'` for others. */
  readonly sudo?: 'nopasswd' | 'password' | 'none';
  /** Further groups; made where they are not there. */
  readonly groups?: readonly string[];
  readonly shell?: string;
  readonly sshKeys?: readonly SshKeys[];
  readonly password?: Secret;
  /** As `openssl passwd -6` prints it. */
  readonly passwordHash?: string;
}

export interface RepositoryWish {
  readonly name: string;
  readonly url: string;
  /** Of apt; default: the release's codename. One that ends with a slash is flat. */
  readonly suite?: string;
  /** Of apt; default `['main']`. */
  readonly components?: readonly string[];
  /** Its public key; only this repository trusts it, but with pacman, which has one ring of keys. */
  readonly key?: string | { readonly file: string } | { readonly url: string };
  /** Whether it is believed without a key; default false. */
  readonly trusted?: boolean;
}

export interface FileWish {
  readonly path: string;
  readonly content?: string | { readonly file: string } | { readonly url: string };
  /** Or bytes as Base64. */
  readonly base64?: string;
  /** Default `'root'`. */
  readonly owner?: string;
  /** Default: the owner's. */
  readonly group?: string;
  /** Default `'0644'`. */
  readonly mode?: string;
  /** Whether it is added to what is there; default false. */
  readonly append?: boolean;
}

/** A wish made whole; sizes are in MiB. */
export interface TemplateSpecification {
  readonly name: string;
  readonly node: string;
  readonly storage: string;
  readonly imageStorage: string;
  readonly image: {
    readonly id: string | null;
    readonly url: string | null;
    readonly filename: string | null;
    readonly checksum: string | null;
    readonly algorithm: 'sha256' | 'sha512' | null;
    readonly volid: string | null;
    /** Which answers the disc's installer wants. */
    readonly installer: 'kickstart' | 'autoinstall' | null;
    readonly mirror: string | null;
  };
  readonly hardware: {
    readonly cpu: string;
    readonly cores: number;
    readonly sockets: number;
    readonly memoryMiB: number;
    /** As `memoryMiB` where nothing else is wished for; 0 for none. */
    readonly balloonMiB: number;
    readonly firmware: 'bios' | 'uefi';
    readonly secureBoot: boolean;
    readonly tpm: boolean;
    readonly machine: 'i440fx' | 'q35';
    readonly display: string;
    readonly ostype: string;
  };
  /** `sizeMiB` is null where the disk is as large as its image. */
  readonly disks: readonly { readonly sizeMiB: number | null; readonly storage: string; readonly ssd: boolean; readonly discard: boolean }[];
  readonly networks: readonly {
    readonly bridge: string;
    readonly model: string;
    readonly vlan: number | null;
    readonly mtu: number | null;
    readonly mac: string | null;
    readonly firewall: boolean;
    readonly ip: string | null;
    readonly gateway: string | null;
    readonly ip6: string | null;
    readonly gateway6: string | null;
  }[];
  readonly nameservers: readonly string[];
  readonly searchDomains: readonly string[];
  /** `name` is null for the user whom an image makes that nobody knows. */
  readonly users: readonly {
    readonly name: string | null;
    readonly sudo: 'nopasswd' | 'password' | 'none';
    readonly groups: readonly string[];
    readonly shell: string | null;
    readonly keys: readonly string[];
    readonly password: Secret | null;
    readonly passwordHash: string | null;
  }[];
  readonly locale: string | null;
  readonly timezone: string | null;
  readonly keyboard: { readonly layout: string; readonly variant: string | null; readonly model: string | null } | null;
  readonly hostname: { readonly preferFqdn: boolean; readonly preserve: boolean };
  readonly packages: readonly string[];
  readonly repositories: readonly {
    readonly name: string;
    readonly url: string;
    readonly suite: string | null;
    readonly components: readonly string[];
    readonly key: string | null;
    readonly trusted: boolean;
  }[];
  readonly commands: readonly (string | readonly string[])[];
  readonly everyBoot: readonly (string | readonly string[])[];
  readonly files: readonly {
    readonly path: string;
    readonly content: string;
    readonly base64: boolean;
    readonly owner: string;
    readonly group: string | null;
    readonly mode: string;
    readonly append: boolean;
  }[];
  readonly upgrade: boolean;
  readonly agent: boolean;
  readonly tags: readonly string[];
  readonly categories: readonly string[];
  readonly notes: string;
}

export interface TemplateDocuments {
  /** Options of a VM, such as `ciuser`, as the API takes them. */
  readonly options: Readonly<Record<string, string | Secret>>;
  /** A cloud-config, or the JSON of Ignition where the system has that; null when Proxmox itself can say all of it. */
  readonly vendorData: string | null;
  /** The file of the drive in whose place it stands; that of Flatcar replaces what Proxmox says of keys and names. */
  readonly part: 'vendor' | 'user' | null;
  /** Of a disc to install from: what its installer is told, on a disc of that label; `typed` at its boot menu. */
  readonly answers?: {
    readonly label: string;
    readonly files: Readonly<Record<string, string>>;
    readonly typed: readonly { readonly text: string; readonly pause: Duration }[];
  };
}

/** How a plan is made. */
export interface PlanOptions {
  /** Whether what needs another disk is built anew and takes the place of what is there; default `false`. */
  readonly replace?: boolean;
  /** The id of a new VM; default: the next free one. */
  readonly vmid?: number;
  /** Where vendor data goes, which Proxmox does not take through its API. */
  readonly snippets?: { readonly storage: string; readonly host: string };
}

export interface EnsureOptions extends PlanOptions {
  /**
   * Whether a clone is started, asked and destroyed before anybody sees the template: it answers, cloud-init ends well, users and
   * packages are there. What fails destroys the clone, and keeps its log.
   *
   * @throws `templates.test-needs-agent`, `templates.test-needs-address`, `templates.test-needs-user`,
   *   `templates.test-takes-no-key`, `templates.address-taken` before anything is made
   * @throws `templates.boot-test` with what was found and the guest's log in `details`
   * @permission over SSH: `ssh: write`, and `net` for its address
   */
  readonly test?: boolean | BootTest;
  /** How many retired versions stay besides those that linked clones stand on; default: all. */
  readonly keep?: number;
  /** A folder for `NAME.json`, which tells image, checksum, time and digest of what was built, and the recipe with its SHA-256. Needs `read` and `write` of it. */
  readonly provenance?: string;
  /**
   * How long an installer may take; default `'90m'`.
   *
   * @throws `templates.install-timeout`
   */
  readonly install?: { readonly timeout?: Duration };
  readonly step?: <T>(name: string, work: () => T, options?: object) => Promise<Awaited<T>>;
}

export interface RefreshOptions extends Omit<EnsureOptions, 'replace'> {
  /** Default: the one in the notes. */
  readonly wish?: TemplateWish;
}

/** How a boot test is made. */
export interface BootTest {
  /** For the whole test; default `'15m'`. */
  readonly timeout?: Duration;
  /** Default: the guest agent where the template has it, else SSH. */
  readonly over?: 'agent' | 'ssh';
  /**
   * Where the clone is reached by SSH; default: the fixed address of its first card that has one. With its prefix
   * (`'10.0.0.250/24'`) the clone is given it for the test, so that a template that asks for its address by DHCP can be tested, too.
   */
  readonly address?: string;
  /** Of an `address` with its prefix. */
  readonly gateway?: string;
  /** Of SSH; default 22. */
  readonly port?: number;
}

/** What is to be done; as a run journals it. */
export interface TemplatePlan {
  readonly name: string;
  readonly action: 'none' | 'change' | 'build' | 'replace';
  /** The template that is there. */
  readonly current: Place | null;
  /** In what it differs: `memory 2048 -> 4096`, `packages`. */
  readonly differences: readonly string[];
}

/** A VM by its id and the node it is on. */
export interface Place {
  readonly vmid: number;
  readonly node: string;
}

export interface Ensured extends Place {
  readonly changed: boolean;
  readonly action: TemplatePlan['action'];
  readonly name: string;
  readonly before: Place | null;
  readonly after: Place;
  readonly differences: readonly string[];
  /** With `keep`: the retired versions that were removed. */
  readonly removed?: readonly Place[];
  /** With `keep`: those that have to stay, and the VMs that stand on them. */
  readonly inUse?: readonly (Place & { readonly clones: readonly number[] })[];
}

export interface Leftover {
  readonly what: 'template' | 'boot-test' | 'image';
  /** Of the template that it was for; of an image its volume. */
  readonly name: string;
  readonly node: string;
  /** Of a VM. */
  readonly vmid?: number;
  /** When something was last done with it; UTC, ISO 8601. */
  readonly lastActive: string;
  /** Of a VM: the run that made it; `null` where a session did, or nobody knows. */
  readonly run?: { readonly id: string; readonly recipe: string; readonly recipeSha256: string } | null;
}

export interface ListedTemplate extends Place {
  readonly name: string;
  readonly state: 'current' | 'retired' | 'building';
  /** Counted from 1 with each replacement. */
  readonly version: number;
  /** Of the catalogue; `null` for an image of one's own. */
  readonly image: string | null;
  /** UTC, ISO 8601. */
  readonly builtAt: string | null;
  readonly ageDays: number | null;
  /** With `drift`: whether its vendor has no newer image; `null` where nobody can say. */
  readonly isNewest?: boolean | null;
}

/** A machine of a template. */
export interface Machine {
  readonly name: string;
  /** Default: the next free one. */
  readonly vmid?: number;
  /** Whether the disk is copied; default: it stands on that of the template. */
  readonly full?: boolean;
  /** Of a full clone; default: that of the template. */
  readonly storage?: string;
  readonly pool?: string;
  /** Another node, which needs a shared storage. */
  readonly target?: string;
  readonly tags?: readonly string[];
  readonly notes?: string;
  /** A larger disk. */
  readonly disk?: Size;
  /** Default `false`. */
  readonly start?: boolean;
  /** Further options of Proxmox, cloud-init's among them: `{ memory: 1024, ipconfig0: 'ip=10.0.0.5/24' }`. */
  readonly config?: { readonly [option: string]: string | number | boolean | null };
}

/** A span of time with its unit: `'90s'`, `'15m'`. */
type Duration = `${number}${'ms' | 's' | 'm' | 'h'}`;

/**
 * A template by its name. What Hearth made says so in the last line of its notes; nothing without that line is ever
 * deleted or changed, and clones do not count.
 */
export interface TemplateHandle {
  readonly name: string;
  /** The current version; `null` without one. While it is being replaced this is exactly one of the two. @permission proxmox: read */
  find(): Promise<VmHandle | null>;
  /** @throws `templates.not-found` @permission proxmox: read */
  get(): Promise<VmHandle>;
  /**
   * What it was wished to be once more, as `ensure` with `replace`: rebuilt when its vendor has a newer image, or when names of
   * packages mean something else. The wish stands in the notes, which many may read and write: one with files, commands,
   * repositories, keys from a file, further users, an image of one's own or passwords is neither kept there nor taken from there,
   * and one that tells other options than the template has is refused; then it has to be given. Vendor data goes where it went
   * before.
   *
   * @throws `templates.not-found`, `templates.wish-unknown`, `templates.notes-differ`, and what `ensure` throws
   * @permission proxmox: write; images: read
   * @example
   * import { templates } from 'hearth:templates';
   * export const recipe = { permissions: { proxmox: 'write', images: 'read' }, onError: 'undo' };
   * export default async ({ step }) => {
   *   await templates().ensure({ name: 'alpine', image: 'alpine', node: 'pve', storage: 'local-lvm' }, { step });
   *   return (await templates().template('alpine').refresh({ keep: 1 })).action; // 'none' until there is a newer image
   * };
   */
  refresh(options?: RefreshOptions): Promise<Ensured>;
  /** All versions: the current one first, then retired and half-built ones. @permission proxmox: read */
  versions(): Promise<ListedTemplate[]>;
  /**
   * A machine of the current version, with tags and values of its own. It is linked unless `full`; it may be larger, never
   * smaller. What fails takes the machine back.
   *
   * @param options.step the recipe's own `step`, as for `ensure`
   * @throws `templates.not-found`, `templates.option`
   * @permission proxmox: write
   * @example
   * import { templates } from 'hearth:templates';
   * export const recipe = { permissions: { proxmox: 'write', images: 'read' }, onError: 'undo' };
   * export default async ({ step }) => {
   *   await templates().ensure({ name: 'alpine', image: 'alpine', node: 'pve', storage: 'local-lvm' }, { step });
   *   const config = { memory: 1024, ipconfig0: 'ip=10.0.0.5/24,gw=10.0.0.1' };
   *   return templates().template('alpine').clone({ name: 'web1', tags: ['web'], disk: '20GiB', config }, { step });
   * };
   */
  clone(machine: Machine, options?: Pick<EnsureOptions, 'step'>): Promise<VmHandle>;
  /** A VM again: a full clone under the next free id; the template stays. @permission proxmox: write */
  toVm(machine: Machine, options?: Pick<EnsureOptions, 'step'>): Promise<VmHandle>;
  /** The ids of the VMs that stand on the current version, or may: `lvmthin` does not tell. @permission proxmox: read */
  clones(): Promise<number[]>;
  /** Sets options of Proxmox, such as `ciuser` or `memory`, for future clones; `null` removes one. @permission proxmox: write */
  set(options: { readonly [option: string]: string | number | null }): Promise<unknown>;
  /** Removes retired versions but the `keep` latest (default 0), and none that linked clones stand on. @permission proxmox: write */
  prune(options?: { readonly keep?: number }): Promise<Required<Pick<Ensured, 'removed' | 'inUse'>>>;
  /**
   * Deletes all versions of it, half-built ones too; `false` when there was none.
   *
   * @throws `proxmox.template-in-use` when linked clones stand on one
   * @permission proxmox: write
   */
  remove(): Promise<boolean>;
}
