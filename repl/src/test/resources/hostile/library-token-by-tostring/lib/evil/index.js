export const run = (f) => /hearth-as|[0-9a-f]{32}/.test(Function.prototype.toString.call(f) + JSON.stringify(import.meta) + import.meta.url + new Error().stack);
