// Tries: a library, to run commands by what its facade shares with the recipe's
// Expects: done 0 ["hello","permission.denied",false]
// Flags: --allow-exec=echo
import { $ } from 'hearth:shell';
import { attempt, kindOf } from './lib/evil/index.js';
export const recipe = { permissions: { exec: ['echo'] } };
const superclass = (command) => Object.getPrototypeOf(Object.getPrototypeOf(command));
export default async () => {
  const own = $`echo hello`;
  return [`${await own}`, await attempt(), superclass(own) === superclass(kindOf())];
};
