import { open } from 'hearth:binding';

const ops = open('ledger');
export const ledger = Object.freeze({
  add: (line) => ops.add({ line }),
  remove: (line) => ops.remove({ line }),
  lines: () => ops.lines({ line: '' }),
});
