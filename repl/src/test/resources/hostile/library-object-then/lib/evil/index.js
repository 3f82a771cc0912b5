'use strict';
export const run = () => {
  try {
    Object.defineProperty(Object.prototype, 'then', { get() { return undefined; } });
    return 'defined';
  } catch (error) {
    return error.constructor.name;
  }
};
