/**
 * Cloud images of distributions: what the catalogue of this Hearth knows, and the newest build with
 * the vendor's checksum. It reaches the vendors' servers and nothing else. The user's own images, of
 * `images.json` in Hearth's config folder, are among them without a word of the recipe.
 *
 * @permission images: read
 * @example
 * import { images } from 'hearth:images';
 * export const recipe = { permissions: { images: 'read' } };
 * export default async ({ log }) => {
 *   const debian = await images().latest('debian');
 *   log.info(`${debian.image.name}: ${debian.url}`);
 *   return debian.checksum;
 * };
 */
export function images(own?: OwnImages): Images;

/**
 * Images of one's own, in the form of the catalogue that ships: families with what their releases
 * have in common, and in each `releases`, oldest first, with what is different. One that has the id
 * of another image stands in its place. What their addresses lead to needs the recipe's `net`,
 * the file its `read`.
 *
 * @throws `images.not-json`, `images.invalid`, `images.twice`, `images.not-a-file`
 * @example
 * import { images } from 'hearth:images';
 * export const recipe = { permissions: { images: 'read' } };
 * const families = {
 *   golden: {
 *     name: 'Golden {release}',
 *     architectures: { amd64: 'x86_64' },
 *     image: 'https://images.example.org/golden-{release}-{build}-{arch}.qcow2',
 *     checksums: { url: 'https://images.example.org/SHA256SUMS', format: 'coreutils', algorithm: 'sha256' },
 *     format: 'qcow2', user: 'admin', packageManager: 'apt', init: 'systemd',
 *     firmware: ['uefi'], cpuLevel: 'x86-64-v2', diskGiB: 8, memoryMiB: 1024,
 *     releases: [{ release: '1' }, { release: '2', quirks: ['No IPv6.'] }],
 *   },
 * };
 * export default async () => (await images({ families }).get('golden')).id; // golden-2
 */
export interface OwnImages {
  /** A JSON file: `{ "families": { … } }`. */
  readonly file?: string;
  /** Or the families themselves. */
  readonly families?: Readonly<Record<string, unknown>>;
}

/** Which images are wanted; what is not said is not asked for. */
export interface ImageFilter {
  readonly family?: string;
  /** Also a release's codename. */
  readonly release?: string;
  readonly architecture?: 'amd64' | 'arm64';
  readonly status?: CatalogueImage['status'];
  readonly packageManager?: string;
  readonly init?: string;
  readonly kind?: CatalogueImage['kind'];
  readonly firmware?: 'bios' | 'uefi';
  readonly secureBoot?: boolean;
  readonly delivery?: CatalogueImage['delivery'];
}

export interface Images {
  /** All images of the catalogue that the filter takes, oldest release of a family first; asks nobody. */
  list(filter?: ImageFilter): Promise<CatalogueImage[]>;
  /**
   * The image of an id (`debian-13`) or an alias (`ubuntu-lts`, `debian-trixie`), or the newest
   * supported release of a family (`debian`); `null` without one.
   */
  find(name: string): Promise<CatalogueImage | null>;
  /** @throws `images.unknown` with what was probably meant */
  get(name: string): Promise<CatalogueImage>;
  /**
   * The newest build and its checksum, asked of the vendor now. Warns of what gets no updates.
   *
   * @param options.architecture default `'amd64'`
   * @throws `images.unknown`, `images.architecture`
   * @throws `images.vendor-not-reached` without internet
   * @throws `images.not-read`, `images.no-build`, `images.no-checksum`,
   *   `images.checksums-not-understood` when the vendor changed something
   * @throws `images.checksum-ambiguous` when there are two checksums
   */
  latest(name: string, options?: { architecture?: 'amd64' | 'arm64' }): Promise<LatestImage>;
}

/** What the catalogue knows of an image, and what it is today. */
export interface CatalogueImage {
  /** Such as `debian-13`. */
  readonly id: string;
  /** Such as `debian`. */
  readonly family: string;
  /** Such as `13`; `rolling` where there are no releases. */
  readonly release: string;
  readonly codename: string | null;
  readonly name: string;
  /** Further names, such as `ubuntu-lts`. */
  readonly aliases: readonly string[];
  /** Whether it is a special edition that its family's name never means. */
  readonly variant: boolean;
  readonly kind: 'cloud-image' | 'installer' | 'appliance';
  /** Where its vendor publishes it; words in braces are filled in by `latest`. */
  readonly source: {
    readonly image: string;
    readonly index: { readonly url: string; readonly find: string | null } | null;
    /** Where its digest is; `null` where it is `checksum`. */
    readonly checksums: {
      readonly url: string;
      readonly format: 'coreutils' | 'bsd' | 'bare' | 'clear-signed' | 'json';
      readonly algorithm: 'sha256' | 'sha512';
    } | null;
    /** The digest of an image that never changes. */
    readonly checksum: string | null;
    /** Further hosts that the vendor's server sends its visitors to. */
    readonly redirects: readonly string[];
  };
  /** The vendor's words for the architectures: `{ amd64: 'x86_64' }`. */
  readonly architectures: Readonly<Record<string, string>>;
  /** What the file is, once unpacked. */
  readonly format: 'qcow2' | 'raw' | 'iso';
  /** What it is packed in; `null` for nothing. */
  readonly packing: 'xz' | 'gz' | 'tar.xz' | null;
  /** How it comes to a node: downloaded as a disk, as an ISO image, or unpacked by somebody first. */
  readonly delivery: 'import' | 'iso' | 'unpack';
  /** The user that is made when nobody else is named; `null` where none is. */
  readonly user: string | null;
  /** `apt`, `dnf`, `zypper`, `pacman`, `apk` …; `null` where packages cannot be installed. */
  readonly packageManager: string | null;
  /** What starts services: `systemd`, `openrc` … */
  readonly init: string;
  /** What reads the settings that Proxmox hands over. */
  readonly setup: 'cloud-init' | 'cloud-init-subset' | 'ignition' | 'none';
  /** How it wants them, in the words of Proxmox. */
  readonly dataSource: 'nocloud' | 'configdrive2';
  readonly agentPackage: string | null;
  readonly agentPreinstalled: boolean;
  readonly firmware: readonly ('bios' | 'uefi')[];
  /** Whether it starts with Secure Boot on. */
  readonly secureBoot: boolean;
  /** The level of x86-64 that it needs at least. */
  readonly cpuLevel: 'x86-64-v1' | 'x86-64-v2' | 'x86-64-v3';
  /** The Proxmox CPU type that it runs on. */
  readonly cpu: string;
  /** GiB that its disk must have at least. */
  readonly diskGiB: number;
  /** MiB that it needs at least to boot and set itself up. */
  readonly memoryMiB: number;
  /** What is different from what one expects, each a sentence. */
  readonly quirks: readonly string[];
  /** The day it came out, `2025-08-09`; `null` where nobody says so. */
  readonly released: string | null;
  /** Whether it has no releases. */
  readonly rolling: boolean;
  /** The vendor's date, `2028-08-09`; `null` where there is none. */
  readonly endOfLife: string | null;
  /** Until when long-term or paid updates come. */
  readonly extendedUntil: string | null;
  /** What `endOfLife` and `extendedUntil` mean today. */
  readonly status: 'supported' | 'extended' | 'end-of-life' | 'rolling';
  /** Who says that it is there: it ships with Hearth, the user has it in `images.json`, or the recipe brought it along. */
  readonly origin: 'shipped' | 'user' | 'recipe';
  /** The origin of the image in whose place it stands, as it has the same id; `null` for none. */
  readonly overrides: 'shipped' | 'user' | null;
}

export interface LatestImage {
  readonly url: string;
  /** Its name on a Proxmox storage: with the real suffix and the begin of its digest. */
  readonly filename: string;
  /** In lower-case hexadecimal digits. */
  readonly checksum: string;
  readonly algorithm: 'sha256' | 'sha512';
  readonly architecture: string;
  readonly image: CatalogueImage;
}
