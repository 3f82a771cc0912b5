/**
 * Files and folders of this machine. Paths are strings; relative ones start in the folder in which
 * Hearth was started, as in every runtime.
 *
 * Links are followed and judged by what they lead to; `remove`, `move`, `lstat`, `readLink` and `walk` take a
 * link itself.
 * Text is UTF-8.
 *
 * @permission read: each path that is read, listed or asked about; write: each that is changed
 * @throws `file.not-found`, `file.already-exists`, `file.not-a-folder`, `file.not-a-file`
 * @throws `file.denied`, `file.link-in-the-way`, `file.failed`, `file.other-file-system`
 * @throws `fs.no-path`
 * @example
 * import { fs } from 'hearth:fs';
 * export const recipe = { permissions: { read: ['/tmp'], write: ['/tmp'] } };
 * export default async () => {
 *   const file = await fs.tempFile();
 *   await fs.write(file, '{ "answer": 42 }');
 *   return (await fs.json(file)).answer;
 * };
 */
export const fs: {
  /** The text of a file. @throws `limit.file-too-large` above `limits.fileReadBytes` */
  read(path: string): Promise<string>;
  /** Its bytes. */
  bytes(path: string): Promise<Uint8Array>;
  /** Its content as JSON. @throws `fs.not-json` */
  json(path: string): Promise<any>;
  /** The lines of a file of any size, one after the other. @throws `fs.line-too-long` above 16 MiB */
  lines(path: string): AsyncIterable<string>;
  /**
   * Creates or replaces a file at once: who reads it sees the old content or the new, also after a
   * crash. One that is replaced keeps its mode unless `mode` says otherwise.
   *
   * @throws `fs.mode`
   */
  write(path: string, content: string | Uint8Array, options?: { mode?: Mode }): Promise<void>;
  /** Adds to the end of a file; one that is not there is created. */
  append(path: string, content: string | Uint8Array): Promise<void>;
  /**
   * Writes only if content or mode differ; run twice, the second time changes nothing. Also reads.
   */
  ensure(path: string, content: string | Uint8Array, options?: { mode?: Mode }): Promise<Change>;
  /** The names of what is in a folder, sorted. */
  list(path?: string): Promise<string[]>;
  /** What stands at a path, behind links; `null` when nothing does. */
  stat(path: string): Promise<Stat | null>;
  /** What stands at a path, be it a link, which is not followed; `null` when nothing does. */
  lstat(path: string): Promise<Stat | null>;
  exists(path: string): Promise<boolean>;
  /** Makes a folder and those above it; one that is there is kept. */
  mkdir(path: string): Promise<void>;
  /**
   * Removes a file, a link or an empty folder; with `recursive` a folder with all that is in it,
   * following no link. Nothing happens when it is not there.
   *
   * @throws `fs.not-empty`
   */
  remove(path: string, options?: { recursive?: boolean }): Promise<void>;
  /**
   * Copies a file with its mode; with `recursive` also a folder with all that is in it: links as links,
   * files at `to` replaced, what else is there kept. Devices, pipes and sockets are left out.
   *
   * @throws `fs.into-itself`
   */
  copy(from: string, to: string, options?: { recursive?: boolean }): Promise<void>;
  /**
   * Makes a symbolic link at `path` that leads to `target`, which is read from the link's folder on
   * unless it is absolute, and need not exist. What it leads to has to be granted for reading and writing,
   * since other programs will go through it; a link that is moved is judged again.
   *
   * @param options.replace Another link at `path` is replaced, at once.
   * @throws `file.already-exists`, `file.link-target`
   * @permission write: `path`; read and write: what it leads to
   */
  symlink(target: string, path: string, options?: { replace?: boolean }): Promise<void>;
  /** What a symbolic link leads to, as it is written in it. @throws `file.not-a-link` */
  readLink(path: string): Promise<string>;
  /** Moves a file, a link or a folder within one file system; a file at `to` is replaced. */
  move(from: string, to: string): Promise<void>;
  /** @throws `fs.mode` */
  chmod(path: string, mode: Mode): Promise<void>;
  /** The path without any link in it. */
  realPath(path: string): Promise<string>;
  /** All that is in a folder and below it. Links are told, not followed. @throws `fs.too-deep` */
  walk(folder?: string): AsyncIterable<Found>;
  /**
   * The paths that fit a pattern: `*` and `?` within a name, `[a-z]`, `{a,b}`, and `**` for any
   * folders. Names that begin with a dot are found only by a part that does, or with `hidden`.
   *
   * @param options.cwd where to search, default `'.'`; what is found begins with it
   * @throws `fs.pattern`
   */
  glob(pattern: string, options?: { cwd?: string; hidden?: boolean }): Promise<string[]>;
  /**
   * What is created, changed and removed in a folder (not below it) from now on, until the loop is
   * left. `missed` says that more happened than could be told: look for yourself.
   */
  watch(folder: string): AsyncIterable<{ type: 'created' | 'changed' | 'removed' | 'missed'; name: string }>;
  /** An empty file of mode 0600 in `/tmp` or `folder`; removed when the run ends, however it ends. */
  tempFile(options?: { folder?: string; prefix?: string }): Promise<string>;
  /** As `tempFile`, a folder of mode 0700, removed with all that is in it. */
  tempFolder(options?: { folder?: string; prefix?: string }): Promise<string>;
};

/** Three octal digits, with a 0 before them or not: `'0644'`. */
export type Mode = string;

export interface Stat {
  /** `'link'` only from `lstat`. */
  readonly type: 'file' | 'folder' | 'link' | 'other';
  readonly sizeBytes: number;
  /** When its content last changed, as UTC ISO 8601. */
  readonly modified: string;
  readonly mode: Mode;
}

export interface Found {
  /** From the folder that was given on. */
  readonly path: string;
  readonly name: string;
  readonly type: 'file' | 'folder' | 'link' | 'other';
  readonly sizeBytes: number;
  readonly mode: Mode;
}

export interface Change {
  readonly changed: boolean;
  /** `null` when there was nothing. `text` is there when text was given. */
  readonly before: State | null;
  readonly after: State;
}

export interface State {
  readonly text: string | null;
  readonly sizeBytes: number;
  readonly mode: Mode;
}
