/**
 * Cloud images of distributions: what the catalogue of this Hearth knows, and the newest build with
 * the vendor's checksum. It reaches the vendors' servers and nothing else.
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
export function images(): Images;

export interface Images {
  /** All images of the catalogue; asks nobody. */
  list(): Promise<CatalogueImage[]>;
  /** The image of an id (`debian-13`), or the newest of a family (`debian`); `null` without one. */
  find(name: string): Promise<CatalogueImage | null>;
  /** @throws `images.unknown` with what was probably meant */
  get(name: string): Promise<CatalogueImage>;
  /**
   * The newest build and its checksum, asked of the vendor now.
   *
   * @param options.architecture default `'amd64'`
   * @throws `images.unknown`, `images.architecture`
   * @throws `images.vendor-not-reached` without internet
   * @throws `images.checksums-not-read`, `images.no-checksum` when the vendor changed something
   */
  latest(name: string, options?: { architecture?: 'amd64' | 'arm64' }): Promise<LatestImage>;
}

export interface CatalogueImage {
  readonly id: string;
  readonly family: string;
  readonly name: string;
  readonly version: string;
  /** The user that cloud-init makes when nobody else is named. */
  readonly user: string;
  /** `apt`, `dnf`, `zypper`, `pacman`, `apk` … */
  readonly packages: string;
  readonly agentPackage: string;
  readonly agentPreinstalled: boolean;
  /** The Proxmox CPU type that it needs at least. */
  readonly cpu: string;
  /** GiB that its disk must have at least. */
  readonly diskGiB: number;
  /** MiB that it needs at least to boot and set itself up. */
  readonly memoryMiB: number;
  /** The vendor's date, `2028-08-09`; `null` for a rolling release. */
  readonly endOfLife: string | null;
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
