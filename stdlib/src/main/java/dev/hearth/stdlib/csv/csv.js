// hearth:csv: the shape that recipes use; reading and writing is Java.
import { pure } from 'hearth:binding';

const ops = pure('csv');
const { stringify } = JSON;

export const csv = Object.freeze({
  parse: (text, options = {}) => ops.parse(text, options),
  stringify: (rows, options = {}) => ops.stringify(stringify(rows) ?? 'null', options),
});
