// hearth:toml: the shape that recipes use; reading and writing is Java.
import { pure } from 'hearth:binding';

const ops = pure('toml');
const { stringify } = JSON;

export const toml = Object.freeze({
  parse: (text, options = {}) => ops.parse(text, options),
  stringify: (value, options = {}) => ops.stringify(stringify(value) ?? 'null', options),
});
