// `console`, as the Console Standard and Node.js have it.
(function (web) {
  'use strict';

  const { host } = web;
  const { defineProperty, keys, getOwnPropertyNames } = Object;
  let inspector;
  const inspect = (...values) => {
    inspector ??= host.inspector();
    return inspector(...values);
  };
  const counts = new Map();
  const clocks = new Map();
  let indent = '';
  const printer = (isError) =>
    (...values) => {
      const line = values.length === 1 && typeof values[0] === 'string' ? values[0] : inspect(...values);
      host.print(isError, indent === '' ? line : indent + line.replaceAll('\n', '\n' + indent));
    };
  const out = printer(false);
  const err = printer(true);

  const elapsed = (label) => {
    const millis = host.now() - clocks.get(label);
    return `${label}: ${millis < 1000 ? `${millis.toFixed(3)}ms` : `${(millis / 1000).toFixed(3)}s`}`;
  };
  const ifRunning = (label, then) => {
    if (clocks.has(label)) then();
    else err(`Timer '${label}' does not exist`);
  };

  // ---- Tables --------------------------------------------------------------------------------

  const width = (text) => [...text].length;
  const cell = (value) => (typeof value === 'string' ? `'${value}'` : inspect('%o', value).replaceAll(/\s*\n\s*/g, ' '));

  /** The rows of a table: what it is called, and what it holds. */
  const rowsOf = (data) => {
    if (data instanceof Map) {
      let index = 0;
      return [...data].map(([key, value]) => ({ name: String(index++), value: { Key: key, Values: value }, isMap: true }));
    }
    if (data instanceof Set) {
      let index = 0;
      return [...data].map((value) => ({ name: String(index++), value }));
    }
    return keys(data).map((name) => ({ name, value: data[name] }));
  };

  const draw = (columns, rows) => {
    const widths = columns.map((column, i) => Math.max(width(column), ...rows.map((row) => width(row[i]))) + 2);
    const line = (left, middle, right) => left + widths.map((w) => '─'.repeat(w)).join(middle) + right;
    const text = (row) => `│${row.map((value, i) => ` ${value}${' '.repeat(widths[i] - width(value) - 1)}`).join('│')}│`;
    return [line('┌', '┬', '┐'), text(columns), line('├', '┼', '┤'), ...rows.map(text), line('└', '┴', '┘')].join('\n');
  };

  const table = (data, wanted) => {
    if (typeof data !== 'object' || data === null) return out(data);
    const rows = rowsOf(data);
    const isRow = (value) => typeof value === 'object' && value !== null;
    const columns = wanted === undefined ? [...new Set(rows.flatMap(({ value }) => (isRow(value) ? keys(value) : [])))] : [...wanted].map(String);
    const hasBare = rows.some(({ value }) => !isRow(value));
    const head = [data instanceof Map || data instanceof Set ? '(iteration index)' : '(index)', ...columns, ...(hasBare ? ['Values'] : [])];
    const body = rows.map(({ name, value }) => [
      name,
      ...columns.map((column) => (isRow(value) && Object.hasOwn(value, column) ? cell(value[column]) : '')),
      ...(hasBare ? [isRow(value) ? '' : cell(value)] : []),
    ]);
    return out(draw(head, body));
  };

  const group = (...labels) => {
    if (labels.length) out(...labels);
    indent += '  ';
  };

  const console = {
    log: out,
    info: out,
    debug: out,
    dir: (value) => out('%O', value),
    dirxml: out,
    table,
    warn: err,
    error: err,
    trace: (...values) => {
      const said = values.length === 0 ? '' : `: ${inspect(...values)}`;
      err(`Trace${said}\n${host.frames(new Error()).trimEnd()}`);
    },
    assert: (condition, ...values) => {
      if (condition) return;
      if (typeof values[0] === 'string') err(`Assertion failed: ${values[0]}`, ...values.slice(1));
      else err(values.length === 0 ? 'Assertion failed' : 'Assertion failed:', ...values);
    },
    count: (label = 'default') => {
      const name = String(label);
      counts.set(name, (counts.get(name) ?? 0) + 1);
      out(`${name}: ${counts.get(name)}`);
    },
    countReset: (label = 'default') => {
      if (!counts.delete(String(label))) err(`Count for '${label}' does not exist`);
    },
    time: (label = 'default') => {
      const name = String(label);
      if (clocks.has(name)) err(`Timer '${name}' already exists`);
      else clocks.set(name, host.now());
    },
    timeLog: (label = 'default', ...values) => ifRunning(String(label), () => out(elapsed(String(label)), ...values)),
    timeEnd: (label = 'default') =>
      ifRunning(String(label), () => {
        out(elapsed(String(label)));
        clocks.delete(String(label));
      }),
    group,
    groupCollapsed: group,
    groupEnd: () => {
      indent = indent.slice(2);
    },
    clear: () => {},
  };
  const names = getOwnPropertyNames(console);
  for (const name of names) {
    // They can be handed on as functions, and say their name.
    const method = console[name];
    console[name] = { [name]: (...values) => void method(...values) }[name];
  }
  defineProperty(console, Symbol.toStringTag, { value: 'console', configurable: true });

  return { console };
});
