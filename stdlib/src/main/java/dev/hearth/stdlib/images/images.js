// hearth:images: cloud images of distributions.
import { open } from 'hearth:binding';

export function images(own) {
  const ops = open('images');
  const ask = (op, request) => op(own === undefined ? request : { ...request, own });
  return Object.freeze({
    list: (filter) => ask(ops.list, filter === undefined ? {} : { filter }),
    find: (name) => ask(ops.find, { name }),
    get: (name) => ask(ops.get, { name }),
    latest: (name, options) => ask(ops.latest, { name, ...options }),
  });
}
