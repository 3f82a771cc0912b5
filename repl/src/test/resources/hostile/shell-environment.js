// Tries: to read Hearth's environment by a program
// Expects: done 0 ""
// Flags: --allow-exec=printenv
import { $ } from 'hearth:shell';
export const recipe = { permissions: { exec: ['printenv'] } };
export default async () => (await $`printenv SECRET_TOKEN HEARTH_PARAM_TOKEN`.nothrow()).stdout;
