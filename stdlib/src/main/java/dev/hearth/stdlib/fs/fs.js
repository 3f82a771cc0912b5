// hearth:fs: files and folders. Paths are strings; relative ones start where Hearth was started.
import { batched, errorFrom, gathered, open } from 'hearth:binding';

const ops = open('fs');

/** Content as the record and the bytes beside it. */
const content = (path, data, options) =>
  data instanceof Uint8Array
    ? [{ path, ...options }, { bytes: data }]
    : [{ path, text: data, ...options }];

const notJson = (path, error) =>
  errorFrom({
    code: 'fs.not-json',
    message: `\`${path}\` is no JSON.`,
    hint: `Correct the file: ${error.message}.`,
  });

const temporary = async (isFolder, options) => {
  const stream = await ops.temporary({ ...options, isFolder });
  return (await stream.next()).value; // it is removed when the run closes the stream
};

export const fs = Object.freeze({
  read: (path) => ops.readText({ path }),
  bytes: (path) => ops.readBytes({ path }),
  json: async (path) => {
    const text = await ops.readText({ path });
    try {
      return JSON.parse(text);
    } catch (error) {
      throw notJson(path, error);
    }
  },
  lines: (path) => batched(() => ops.lines({ path })),
  write: (path, data, options) => ops.write(...content(path, data, options)),
  append: (path, data) => ops.append(...content(path, data)),
  ensure: (path, data, options) => ops.ensure(...content(path, data, options)),
  list: (path = '.') => ops.list({ path }),
  stat: (path) => ops.stat({ path }),
  exists: (path) => ops.exists({ path }),
  mkdir: (path) => ops.makeFolder({ path }),
  remove: (path, options) => ops.remove({ path, ...options }),
  lstat: (path) => ops.statLink({ path }),
  copy: (from, to, options) => ops.copy({ from, to, ...options }),
  symlink: (target, path, options) => ops.makeLink({ target, path, ...options }),
  readLink: (path) => ops.readLink({ path }),
  move: (from, to) => ops.move({ from, to }),
  chmod: (path, mode) => ops.setMode({ path, mode }),
  realPath: (path) => ops.realPath({ path }),
  walk: (folder = '.') => batched(() => ops.search({ folder })),
  glob: async (pattern, { cwd = '.', ...options } = {}) => {
    const found = await gathered(batched(() => ops.search({ folder: cwd, pattern, ...options })));
    return found.map(({ path }) => path);
  },
  watch: (path) => batched(() => ops.watch({ path })),
  tempFile: (options) => temporary(false, options),
  tempFolder: (options) => temporary(true, options),
});
