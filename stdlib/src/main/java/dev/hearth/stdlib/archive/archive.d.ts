/** What an archive is. `gz` and `zst` are one file, compressed. */
export type Format = 'tar' | 'tar.gz' | 'tar.zst' | 'zip' | 'gz' | 'zst';

export interface PackOptions {
  /** The folder from which on things are named, also in the archive; default `'.'`. */
  cwd?: string;
  /** Left out: names at any depth (`'node_modules'`), paths from `cwd` on (`'dist/cache'`). */
  exclude?: string[];
  /** Default: what the archive's name ends with (`.tgz` and `.tzst`, too). */
  format?: Format;
  /** How hard gzip and zip try, 1 to 9; default 6. zstd has one of its own. */
  level?: number;
  /**
   * The same content gives the same bytes: times are fixed, and of the modes counts only whether a file is
   * executed. The order is that of the names in any case. Default `false`.
   */
  reproducible?: boolean;
}

export interface Packed {
  readonly entries: number;
  /** The size of the archive. */
  readonly sizeBytes: number;
  /** Devices, pipes and sockets, which are not packed. */
  readonly leftOut: string[];
}

export interface ReadOptions {
  /** Default: what the first bytes say, whatever the name ends with. */
  format?: Format;
  /** How many entries there may be; default 200,000. */
  maxEntries?: number;
  /** How many times as large as the archive its content may be, above 64 MiB; default 200. */
  maxRatio?: number;
}

export interface UnpackOptions extends ReadOptions {
  /** Only these entries, and what is below them. */
  only?: string[];
  /** How many names are taken off the front of each path; what has no more is left out. Default 0. */
  strip?: number;
  /** `false`: symbolic links are left out. Default `true`. */
  links?: boolean;
  /** Files and links that are there are replaced. Default `false`: they are an error. */
  overwrite?: boolean;
  /** How many bytes all files may have together; default 64 GiB. */
  maxBytes?: number;
}

export interface Unpacked {
  readonly files: number;
  readonly folders: number;
  readonly links: number;
  /** Of all files together. */
  readonly sizeBytes: number;
}

export interface Entry {
  /** As the archive has it, which may be anything: `'../evil'`. */
  readonly path: string;
  /** `hard-link`: a second name of another entry, its `target`. `other`: a device, a pipe. */
  readonly type: 'file' | 'folder' | 'link' | 'hard-link' | 'other';
  /** `null` for `gz` and `zst`, where only decompressing would tell. */
  readonly sizeBytes: number | null;
  readonly mode: string;
  readonly modified: string;
  /** What a link leads to; `null` for others. */
  readonly target: string | null;
}

/**
 * Archives: tar, also compressed by gzip or zstd, zip, and single files compressed by either. Bytes go from
 * file to file and never through JavaScript.
 *
 * What strangers packed is not trusted: no entry and no link leads out of the folder, nothing is written
 * through a link, and what comes out has a limit. Modes, times and symbolic links are kept; owners, setuid
 * bits, devices and extended attributes are not. A hard link becomes a file.
 *
 * @throws `archive.no-archive`, `archive.unsupported`, `archive.damaged` when it cannot be read
 * @throws `archive.too-many-entries`, `archive.too-many-bytes`, `archive.too-dense` beyond the limits
 * @throws `archive.no-limit`; `file.not-found` and the like
 * @example
 * import { archive } from 'hearth:archive';
 * import { fs } from 'hearth:fs';
 * export const recipe = { permissions: { read: ['/tmp'], write: ['/tmp'] } };
 * export default async () => {
 *   const folder = await fs.tempFolder();
 *   await fs.write(`${folder}/index.html`, '<html>');
 *   await archive.pack(`${folder}/site.tar.gz`, 'index.html', { cwd: folder });
 *   return archive.read(`${folder}/site.tar.gz`, 'index.html');
 * };
 */
export const archive: {
  /**
   * Packs files, folders and links into an archive, which replaces the one of that name when it is whole.
   *
   * @param paths what to pack, from `cwd` on; default all that is in it
   * @throws `archive.no-format`, `archive.not-below`, `archive.one-file`, `archive.no-level`
   * @throws `archive.changed` when a file became shorter meanwhile, `archive.too-deep`
   * @permission read: what is packed; write: the archive
   */
  pack(archive: string, paths?: string | string[], options?: PackOptions): Promise<Packed>;

  /**
   * Unpacks an archive: all of it, or nothing. Folders that are there are kept with what else is in them.
   *
   * @param folder default `'.'`; it is made when it is not there
   * @throws `archive.leads-outside`, `archive.link-outside`, `archive.behind-other`, `archive.bad-name`,
   * `archive.twice`, `archive.special` when an entry is not to be trusted
   * @throws `archive.exists`, `archive.in-the-way`
   * @permission read: the archive; read and write: the folder
   */
  unpack(archive: string, folder?: string, options?: UnpackOptions): Promise<Unpacked>;

  /** What is in an archive, in its order. @permission read: the archive */
  list(archive: string, options?: ReadOptions): Promise<Entry[]>;

  /**
   * The text of one entry, from UTF-8; without a name, of the first.
   *
   * @param options.maxBytes default 64 MiB
   * @throws `archive.no-entry`, `archive.not-a-file`
   * @permission read: the archive
   */
  read(archive: string, entry?: string, options?: ReadOptions & { maxBytes?: number }): Promise<string>;

  /** The bytes of one entry, as `read`. */
  bytes(archive: string, entry?: string, options?: ReadOptions & { maxBytes?: number }): Promise<Uint8Array>;

  /** Compresses bytes, or a text as UTF-8. @throws `archive.not-for-bytes`, `archive.no-level` */
  compress(data: string | Uint8Array, format: 'gz' | 'zst', options?: { level?: number }): Promise<Uint8Array>;

  /**
   * What was compressed by gzip or zstd.
   *
   * @param options.format default: what the first bytes say
   * @param options.maxBytes default 64 MiB
   */
  decompress(
    bytes: Uint8Array,
    options?: { format?: 'gz' | 'zst'; maxBytes?: number; maxRatio?: number },
  ): Promise<Uint8Array>;
};
