// FormData, and its form on the wire (RFC 7578).
(function (web) {
  'use strict';

  const { expose, need, usv, outgoing, isObject, iterators } = web.use('idl');
  const { isBlob, bytesOf, newBlob, fileOf } = web.use('blob');
  const bytes = web.use('bytes');
  const { encode, utf8 } = web.use('encoding');
  const { splice } = web.methods('array');
  const { replaceAll, indexOf, slice, toLowerCase, trim, split } = web.methods('string');
  const { subarray } = web.methods('bytes');

  const iteratorOver = iterators('FormData Iterator');

  const entryOf = (args, what) => {
    need(args.length, 2, what);
    const name = usv(args[0]);
    const given = args[1];
    if (!isBlob(given)) {
      if (args.length > 2) throw new TypeError('Only a Blob has a file name.');
      return { name, value: outgoing(given) };
    }
    const isFile = given instanceof web.use('blob').File;
    if (isFile && args.length < 3) return { name, value: given };
    return { name, value: fileOf(given, args.length < 3 ? 'blob' : usv(args[2]), isFile ? given.lastModified : undefined) };
  };

  let entriesOf;
  class FormData {
    #entries = [];
    static {
      entriesOf = (form) => form.#entries;
    }
    constructor(form = undefined) {
      if (form !== undefined) throw new TypeError('There are no forms here that FormData could be made of.');
    }
    append(name, value, filename = undefined) {
      this.#entries[this.#entries.length] = entryOf(arguments, 'append');
    }
    set(name, value, filename = undefined) {
      const entry = entryOf(arguments, 'set');
      let found = false;
      for (let i = 0; i < this.#entries.length; i++) {
        if (this.#entries[i].name !== entry.name) continue;
        if (found) splice(this.#entries, i--, 1);
        else this.#entries[i] = entry;
        found = true;
      }
      if (!found) this.#entries[this.#entries.length] = entry;
    }
    delete(name) {
      need(arguments.length, 1, 'delete');
      const key = usv(name);
      for (let i = this.#entries.length - 1; i >= 0; i--) if (this.#entries[i].name === key) splice(this.#entries, i, 1);
    }
    get(name) {
      need(arguments.length, 1, 'get');
      const key = usv(name);
      for (let i = 0; i < this.#entries.length; i++) if (this.#entries[i].name === key) return this.#entries[i].value;
      return null;
    }
    getAll(name) {
      need(arguments.length, 1, 'getAll');
      const key = usv(name);
      const values = [];
      for (let i = 0; i < this.#entries.length; i++) {
        if (this.#entries[i].name === key) values[values.length] = this.#entries[i].value;
      }
      return values;
    }
    has(name) {
      need(arguments.length, 1, 'has');
      return this.get(name) !== null;
    }
    forEach(callback, thisArg = undefined) {
      need(arguments.length, 1, 'forEach');
      if (typeof callback !== 'function') throw new TypeError('forEach takes a function.');
      for (let i = 0; i < this.#entries.length; i++) {
        Reflect.apply(callback, thisArg, [this.#entries[i].value, this.#entries[i].name, this]);
      }
    }
    entries() {
      return iteratorOver((index) => {
        const entry = this.#entries[index];
        return entry && [entry.name, entry.value];
      });
    }
    keys() {
      return iteratorOver((index) => this.#entries[index]?.name);
    }
    values() {
      return iteratorOver((index) => this.#entries[index]?.value);
    }
  }
  expose(FormData);
  Object.defineProperty(FormData.prototype, Symbol.iterator, {
    value: FormData.prototype.entries,
    writable: true,
    configurable: true,
  });

  // ---- On the wire -------------------------------------------------------------------------------

  const escaped = (name) => replaceAll(replaceAll(replaceAll(name, '\n', '%0A'), '\r', '%0D'), '"', '%22');
  const normal = (text) => replaceAll(replaceAll(replaceAll(text, '\r\n', '\n'), '\r', '\n'), '\n', '\r\n');

  /** Body and type of a request that carries it. */
  const toMultipart = (form) => {
    const boundary = `----hearth-${replaceAll(web.java.randomUuid(), '-', '')}`;
    const pieces = [];
    const entries = entriesOf(form);
    for (let i = 0; i < entries.length; i++) {
      const { name, value } = entries[i];
      const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(normal(name))}"`;
      if (typeof value === 'string') {
        pieces[pieces.length] = encode(`${head}\r\n\r\n${normal(value)}\r\n`);
      } else {
        const type = value.type === '' ? 'application/octet-stream' : value.type;
        pieces[pieces.length] = encode(`${head}; filename="${escaped(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`);
        pieces[pieces.length] = bytesOf(value);
        pieces[pieces.length] = encode('\r\n');
      }
    }
    pieces[pieces.length] = encode(`--${boundary}--\r\n`);
    return { content: bytes.join(pieces), type: `multipart/form-data; boundary=${boundary}` };
  };

  const latin1 = (view) => {
    let text = '';
    const length = bytes.lengthOf(view);
    const { fromCharCode } = web.statics;
    for (let i = 0; i < length; i += 4096) {
      text += Reflect.apply(fromCharCode, undefined, subarray(view, i, Math.min(length, i + 4096)));
    }
    return text;
  };

  const parameter = (head, name) => {
    const found = /* of a header's value */ new RegExp(`;\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(head);
    if (found !== null) return replaceAll(replaceAll(replaceAll(found[1], '%22', '"'), '%0D', '\r'), '%0A', '\n');
    return new RegExp(`;\\s*${name}=([^;\\s]+)`, 'i').exec(head)?.[1];
  };

  /** Reads such a body; `undefined` for what is none. */
  const fromMultipart = (content, type) => {
    const boundary = parameter(type, 'boundary');
    if (boundary === undefined) return undefined;
    const form = new FormData();
    const text = latin1(content); // a character a byte, so that places in it are places in the bytes
    const mark = `--${boundary}`;
    let at = indexOf(text, mark);
    if (at < 0) return undefined;
    for (;;) {
      at += mark.length;
      if (slice(text, at, at + 2) === '--') return form;
      if (slice(text, at, at + 2) !== '\r\n') return undefined;
      const headEnd = indexOf(text, '\r\n\r\n', at);
      const next = headEnd < 0 ? -1 : indexOf(text, `\r\n${mark}`, headEnd + 2);
      if (next < 0) return undefined;
      const part = readHead(utf8(subarray(content, at + 2, headEnd)));
      if (part.name === undefined) return undefined;
      const body = bytes.copy(subarray(content, Math.min(headEnd + 4, next), next));
      if (part.filename === undefined) form.append(part.name, utf8(body));
      else form.append(part.name, newBlob(body, part.type), part.filename);
      at = next + 2;
    }
  };

  const readHead = (head) => {
    const part = { type: 'text/plain', name: undefined, filename: undefined };
    const lines = split(head, '\r\n');
    for (let i = 0; i < lines.length; i++) {
      const colon = indexOf(lines[i], ':');
      const name = toLowerCase(slice(lines[i], 0, colon));
      const value = trim(slice(lines[i], colon + 1));
      if (name === 'content-type') part.type = value;
      if (name === 'content-disposition') {
        part.name = parameter(value, 'name');
        part.filename = parameter(value, 'filename');
      }
    }
    return part;
  };

  const isFormData = (value) => isObject(value) && value instanceof FormData;

  return { FormData, isFormData, toMultipart, fromMultipart };
});
