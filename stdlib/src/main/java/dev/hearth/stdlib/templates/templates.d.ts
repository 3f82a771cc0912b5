import type { CatalogueImage, ImageFilter } from 'hearth:images';
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
   * @throws `images.unknown`
   * @permission images: read; `read` for `{ file }`, `net` for `{ url }` and `github:NAME`
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
}

/** A size with its unit, such as `'2GiB'`; `'512MiB'`, `'1TiB'`. */
export type Size = `${number}${'' | ' '}${'M' | 'G' | 'T'}iB`;

/** A public key as `authorized_keys` has it, those of a file, or those that somebody has on GitHub. */
export type SshKeys = string | `github:${string}` | { readonly file: string };

/** What a template is to be. All but the first four has a default. */
export interface TemplateWish {
  /** A DNS name. */
  readonly name: string;
  readonly node: string;
  /** Storage of its disks. */
  readonly storage: string;
  /**
   * An id or a family of the catalogue; an image of one's own, `like` one of it; or a volume that the node has. Of one that
   * is like none, what has to be known (names of packages, how services start) is not.
   */
  readonly image:
    | string
    | { readonly url: string; readonly checksum?: string; readonly filename?: string; readonly like?: string }
    | { readonly volid: string; readonly like?: string };
  /** Storage of the downloaded image; default `'local'`. */
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
  /** Its public key; only this repository trusts it. */
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
  /** A cloud-config; null when Proxmox itself can say all of it. */
  readonly vendorData: string | null;
}
