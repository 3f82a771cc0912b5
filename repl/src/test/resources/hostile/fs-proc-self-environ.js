// Tries: to read Hearth's own environment, with the folder granted
// Expects: permission.protected 3
// Flags: --allow-read=/proc
import { fs } from 'hearth:fs';
export const recipe = { permissions: { read: ['/proc'] } };
export default () => fs.read('/proc/self/environ');
