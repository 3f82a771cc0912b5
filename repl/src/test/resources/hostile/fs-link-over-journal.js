// Tries: to make a link to Hearth's own files, whatever was granted
// Expects: permission.protected 3
// Flags: --allow-read=/ --allow-write=/
import { fs } from 'hearth:fs';
export const recipe = { permissions: { read: ['/'], write: ['/'] } };
export default () => fs.symlink('HEARTH_HOME/config', 'RECIPE_FOLDER/settings');
