// hearth:yaml: the shape that recipes use; reading and writing is Java.
import { pure } from 'hearth:binding';

const ops = pure('yaml');
const { stringify } = JSON;

export const yaml = Object.freeze({
  parse: (text, options = {}) => ops.parse(text, options),
  parseAll: (text, options = {}) => ops.parseAll(text, options),
  stringify: (value, options) =>
    ops.stringify(stringify(value) ?? 'null', { indent: 2, sortKeys: false, ...options }),
});
