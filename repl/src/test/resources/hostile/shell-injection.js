// Tries: to run more by what a value says
// Expects: done 0 "$(id); id | id && `id`\n"
// Flags: --allow-exec=echo
import { $ } from 'hearth:shell';
export const recipe = { permissions: { exec: ['echo'] } };
export default () => $`echo ${'$(id); id | id && `id`'}`.text();
