// Values as people want to read them; the text that `console.log` prints and the REPL falls back to.
// Loaded at the first use. Returns a function that formats its arguments as `console.log` does.
(function () {
  'use strict';

  const MAX_DEPTH = 4;
  const MAX_ITEMS = 100;
  const MAX_TEXT = 10_000;
  const MAX_WIDTH = 76;
  const isIdentifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

  const quote = (text) => {
    const value = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
    const mark = value.includes("'") && !value.includes('"') ? '"' : "'";
    const escaped = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"');
    const rest = text.length > MAX_TEXT ? `... ${text.length - MAX_TEXT} more characters` : '';
    return mark + escaped.replaceAll(mark, '\\' + mark) + mark + rest;
  };

  const key = (name) => {
    if (typeof name === 'symbol') return `[${String(name)}]`;
    return isIdentifier.test(name) ? name : quote(name);
  };

  /** A proxy may answer with anything when it is asked for its name. */
  const ownName = ({ name }) => (typeof name === 'string' && name !== '' ? name : undefined);

  /** What an object says of itself, as in Node.js. */
  const saysOfItself = (value) => {
    const say = value[Symbol.for('nodejs.util.inspect.custom')];
    const said = typeof say === 'function' ? say.call(value) : undefined;
    return typeof said === 'string' ? said : undefined;
  };

  const nameOf = (value) => {
    const prototype = Object.getPrototypeOf(value);
    if (prototype === null) return '[Object: null prototype]';
    const made = prototype.constructor;
    return typeof made === 'function' ? (ownName(made) ?? 'Object') : 'Object';
  };

  /** One line when it fits, else an item a line. */
  const join = (open, items, close) => {
    if (items.length === 0) return open + close;
    const line = `${open} ${items.join(', ')} ${close}`;
    if (line.length <= MAX_WIDTH && !line.includes('\n')) return line;
    return `${open}\n${items.map((i) => '  ' + i.replaceAll('\n', '\n  ')).join(',\n')}\n${close}`;
  };

  /** What is long is cut before it is formatted, and never listed whole for it. */
  const some = (items, total, format) => {
    const shown = [];
    for (const item of items) {
      if (shown.length === MAX_ITEMS) {
        shown.push(`... ${total - MAX_ITEMS} more`);
        break;
      }
      shown.push(format(item));
    }
    return shown;
  };

  const symbols = (value) =>
    Object.getOwnPropertySymbols(value).filter((k) => Object.getOwnPropertyDescriptor(value, k)?.enumerable);

  const properties = (value) => [...Object.keys(value), ...symbols(value)];

  /** What an array has besides its items; a long one is not searched for it. */
  const extras = (array) =>
    array.length > MAX_ITEMS ? [] : properties(array).filter((k) => typeof k === 'symbol' || !/^\d+$/.test(k));

  const inspectProperties = (value, names, seen) =>
    some(names, names.length, (name) => {
      const own = Object.getOwnPropertyDescriptor(value, name);
      if (own.get) return `${key(name)}: ${own.set ? '[Getter/Setter]' : '[Getter]'}`;
      return `${key(name)}: ${format(own.value, seen)}`;
    });

  const formatError = (error, seen) => {
    const stack = typeof error.stack === 'string' && error.stack !== '' ? error.stack : String(error);
    const extra = properties(error).filter((k) => k !== 'stack' && k !== 'message');
    const cause = Object.hasOwn(error, 'cause') ? `\n[cause]: ${format(error.cause, seen)}` : '';
    const rest = extra.length ? ' ' + join('{', inspectProperties(error, extra, seen), '}') : '';
    return stack.trimEnd() + rest + cause;
  };

  const formatObject = (value, seen) => {
    if (isRevoked(value)) return '[Revoked proxy]';
    if (seen.includes(value)) return '[Circular]';
    if (seen.length >= MAX_DEPTH) return Array.isArray(value) ? '[Array]' : `[${nameOf(value)}]`;
    const said = saysOfItself(value);
    if (said !== undefined) return said;
    const inner = [...seen, value];
    const entries = (names) => inspectProperties(value, names, inner);
    if (Array.isArray(value)) {
      const items = some(value, value.length, (item) => format(item, inner));
      return join('[', [...items, ...entries(extras(value))], ']');
    }
    if (value instanceof Error) return formatError(value, inner);
    if (value instanceof Date) {
      return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    }
    if (value instanceof RegExp) return String(value);
    if (value instanceof Promise) return 'Promise {}';
    if (value instanceof Map) {
      const pairs = some(value, value.size, ([k, v]) => `${format(k, inner)} => ${format(v, inner)}`);
      return join(`Map(${value.size}) {`, pairs, '}');
    }
    if (value instanceof Set) {
      const items = some(value, value.size, (item) => format(item, inner));
      return join(`Set(${value.size}) {`, items, '}');
    }
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      const items = some(value, value.length, String);
      return join(`${nameOf(value)}(${value.length}) [`, items, ']');
    }
    const name = nameOf(value);
    return join(name === 'Object' ? '{' : `${name} {`, entries(properties(value)), '}');
  };

  /** Whatever an object answers, by traps and getters of its own, showing it ends no run. */
  const format = (value, seen) => {
    try {
      return formatAny(value, seen);
    } catch {
      return typeof value === 'function' ? '[Function that cannot be shown]' : '[Object that cannot be shown]';
    }
  };

  const formatAny = (value, seen) => {
    switch (typeof value) {
      case 'string':
        return quote(value);
      case 'bigint':
        return `${value}n`;
      case 'symbol':
        return String(value);
      case 'function': {
        const kind = /^class\b/.test(Function.prototype.toString.call(value)) ? 'class' : 'Function';
        const name = ownName(value);
        return saysOfItself(value) ?? (name === undefined ? `[${kind} (anonymous)]` : `[${kind}: ${name}]`);
      }
      case 'object':
        return value === null ? 'null' : formatObject(value, seen);
      default:
        return Object.is(value, -0) ? '-0' : String(value);
    }
  };

  /** As for people: what is no number, such as a symbol or an object, is NaN. */
  const number = (value) =>
    typeof value === 'string' ? Number.parseFloat(value) : typeof value === 'number' ? value : NaN;

  const json = (value) => {
    try {
      return String(JSON.stringify(value));
    } catch {
      return format(value, []); // a cycle or a bigint
    }
  };

  const isRevoked = (value) => {
    try {
      return Array.isArray(value) && false;
    } catch {
      return true;
    }
  };

  const directives = {
    s: (value) =>
      (typeof value === 'object' && value !== null) || typeof value === 'function' ? format(value, []) : String(value),
    d: (value) => String(typeof value === 'bigint' ? `${value}n` : number(value)),
    i: (value) => String(typeof value === 'bigint' ? `${value}n` : Math.trunc(number(value))),
    f: (value) => String(number(value)),
    j: (value) => json(value),
    o: (value) => format(value, []),
    O: (value) => format(value, []),
  };

  return (...values) => {
    const words = [];
    let rest = values;
    if (typeof values[0] === 'string' && values.length > 1 && values[0].includes('%')) {
      rest = values.slice(1);
      words.push(
        values[0].replace(/%([sdifjoO%])/g, (all, letter) => {
          if (letter === '%') return '%';
          return rest.length === 0 ? all : directives[letter](rest.shift());
        }),
      );
    }
    for (const value of rest) words.push(typeof value === 'string' ? value : format(value, []));
    return words.join(' ');
  };
})();
