// hearth:images: cloud images of distributions.
import { open } from 'hearth:binding';

export function images() {
  const ops = open('images');
  return Object.freeze({
    list: () => ops.list(),
    find: (name) => ops.find({ name }),
    get: (name) => ops.get({ name }),
    latest: (name, options) => ops.latest({ name, ...options }),
  });
}
