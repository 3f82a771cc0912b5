// Tries: to run a program that was not granted
// Expects: permission.denied 3
// Flags: --allow-exec=echo
import { $ } from 'hearth:shell';
export const recipe = { permissions: { exec: ['echo'] } };
export default () => $`cat CANARY_FILE`;
