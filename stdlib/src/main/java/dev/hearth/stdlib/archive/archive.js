// hearth:archive: archives of files and folders, from Java to Java; the bytes never come here.
import { open } from 'hearth:binding';

const ops = open('archive');
const { Array, Object, TextDecoder, Uint8Array } = globalThis;
const list = (paths) => (Array.isArray(paths) ? paths : [paths]);

export const archive = Object.freeze({
  pack: (file, paths = '.', options) => ops.pack({ archive: file, paths: list(paths), cwd: '.', ...options }),
  unpack: (file, folder = '.', options) => ops.unpack({ archive: file, folder, ...options }),
  list: (file, options) => ops.list({ archive: file, ...options }),
  bytes: (file, entry, options) => ops.read({ archive: file, entry, ...options }),
  read: async (file, entry, options) => new TextDecoder().decode(await ops.read({ archive: file, entry, ...options })),
  compress: (data, format, options) =>
    data instanceof Uint8Array
      ? ops.compress({ format, ...options }, { bytes: data })
      : ops.compress({ format, text: data, ...options }),
  decompress: (bytes, options) => ops.decompress({ ...options }, { bytes }),
});
