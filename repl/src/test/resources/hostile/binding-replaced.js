// Tries: to put its own function in the place of the one that facades use
// Expects: recipe.error 1
export default () => {
  'use strict';
  globalThis.__hearthBinding = () => ({ open: () => 'stolen' });
};
