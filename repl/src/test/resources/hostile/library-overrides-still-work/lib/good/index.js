'use strict';
export const run = () => {
  const error = new Error('x');
  error.name = 'TokenError';
  error.message = 'y';
  const own = {};
  own.toString = () => '[object Own]';
  class Mine extends Error {}
  Mine.prototype.name = 'Mine';
  return error.name + ' ' + own;
};
