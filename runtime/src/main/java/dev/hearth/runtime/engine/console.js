// `console`, made when a recipe first names it.
(function (host) {
  'use strict';

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
  const elapsed = (label) => `${label}: ${(host.now() - clocks.get(label)).toFixed(3)} ms`;
  return {
    log: out,
    info: out,
    debug: out,
    dir: (value) => out(value),
    table: (value) => out(value),
    warn: err,
    error: err,
    trace: (...values) => err(...values, new Error('Trace').stack),
    assert: (condition, ...values) => {
      if (!condition) err('Assertion failed' + (values.length ? ':' : ''), ...values);
    },
    count: (label = 'default') => {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      out(`${label}: ${counts.get(label)}`);
    },
    countReset: (label = 'default') => void counts.delete(label),
    time: (label = 'default') => void clocks.set(label, host.now()),
    timeLog: (label = 'default') => out(elapsed(label)),
    timeEnd: (label = 'default') => {
      out(elapsed(label));
      clocks.delete(label);
    },
    group: (...labels) => {
      if (labels.length) out(...labels);
      indent += '  ';
    },
    groupEnd: () => {
      indent = indent.slice(2);
    },
  };
});
