// hearth:env: environment variables that were granted, and what kind of machine this is.
import { open } from 'hearth:binding';

const ops = open('env');

export const env = Object.freeze({
  get: (name) => ops.get({ name }),
  find: (name) => ops.find({ name }),
  machine: () => ops.machine(),
});
