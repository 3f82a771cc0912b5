// Blob and File: bytes with a type, in memory.
(function (web) {
  'use strict';

  const { expose, need, usv, isObject, dictionary, oneOf } = web.use('idl');
  const bytes = web.use('bytes');
  const { encode, utf8 } = web.use('encoding');
  const { toLowerCase, charCodeAt, replaceAll } = web.methods('string');
  const { subarray } = web.methods('bytes');
  const { DateOf } = web.statics;

  const typeOf = (value) => {
    const text = `${value}`;
    for (let i = 0; i < text.length; i++) {
      const code = charCodeAt(text, i);
      if (code < 0x20 || code > 0x7e) return '';
    }
    return toLowerCase(text);
  };

  const partsOf = (parts, endings) => {
    if (!isObject(parts) || typeof parts[Symbol.iterator] !== 'function') {
      throw new TypeError('A Blob is made of a list of parts.');
    }
    const pieces = [];
    for (const part of parts) {
      if (isObject(part) && isBlob(part)) pieces[pieces.length] = bytesOf(part);
      else if (isObject(part) && bytes.isSource(part)) pieces[pieces.length] = bytes.copy(part);
      else {
        const text = usv(part);
        pieces[pieces.length] = encode(endings === 'native' ? replaceAll(replaceAll(text, '\r\n', '\n'), '\r', '\n') : text);
      }
    }
    return bytes.join(pieces);
  };

  let isBlob;
  let bytesOf;
  let newBlob;
  class Blob {
    #bytes;
    #type;
    static {
      isBlob = (value) => #bytes in value;
      bytesOf = (blob) => blob.#bytes;
      newBlob = (content, type) => {
        const blob = new Blob();
        blob.#bytes = content;
        blob.#type = type;
        return blob;
      };
    }
    constructor(parts = [], options = {}) {
      const { endings = 'transparent', type = '' } = dictionary(options, 'Blob');
      this.#bytes = partsOf(parts, oneOf(endings, ['transparent', 'native'], 'endings'));
      this.#type = typeOf(type);
    }
    get size() {
      return bytes.lengthOf(this.#bytes);
    }
    get type() {
      return this.#type;
    }
    slice(start = 0, end = this.size, contentType = '') {
      const from = within(start, this.size);
      const part = bytes.copy(subarray(this.#bytes, from, Math.max(from, within(end, this.size))));
      return newBlob(part, typeOf(contentType));
    }
    stream() {
      const content = this.#bytes;
      const { ReadableStream } = web.use('streams');
      let at = 0;
      return new ReadableStream({
        type: 'bytes',
        pull(controller) {
          const size = bytes.lengthOf(content);
          if (at < size) controller.enqueue(bytes.copy(subarray(content, at, (at += 65536))));
          if (at >= size) {
            controller.close();
            controller.byobRequest?.respond(0);
          }
        },
      });
    }
    async text() {
      return utf8(this.#bytes);
    }
    async arrayBuffer() {
      return bytes.bufferOf(bytes.copy(this.#bytes));
    }
    async bytes() {
      return bytes.copy(this.#bytes);
    }
  }
  expose(Blob);

  const within = (value, size) => {
    const whole = Math.trunc(+value) || 0;
    return whole < 0 ? Math.max(0, size + whole) : Math.min(whole, size);
  };

  let copyFile;
  class File extends Blob {
    #name;
    #lastModified;
    static {
      copyFile = (file) => (#name in file ? fileOf(file, file.#name, file.#lastModified) : undefined);
    }
    constructor(parts, name, options = {}) {
      need(arguments.length, 2, 'File');
      super(parts, options);
      const { lastModified = DateOf.now() } = dictionary(options, 'File');
      this.#name = usv(name);
      this.#lastModified = Math.trunc(+lastModified) || 0;
    }
    get name() {
      return this.#name;
    }
    get lastModified() {
      return this.#lastModified;
    }
    get webkitRelativePath() {
      this.#name;
      return '';
    }
  }
  expose(File);

  const fileOf = (blob, name, lastModified = DateOf.now()) => new File([blob], name, { type: blob.type, lastModified });
  const copyBlob = (blob) => copyFile(blob) ?? newBlob(bytesOf(blob), blob.type);

  return { Blob, File, isBlob: (value) => isObject(value) && isBlob(value), bytesOf, newBlob, fileOf, copyBlob };
});
