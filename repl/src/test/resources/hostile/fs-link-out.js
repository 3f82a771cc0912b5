// Tries: to make a link in the granted folder through which others read what it may not
// Expects: permission.denied 3
// Flags: --allow-read=RECIPE_FOLDER --allow-write=RECIPE_FOLDER
import { fs } from 'hearth:fs';
export const recipe = { permissions: { read: ['RECIPE_FOLDER'], write: ['RECIPE_FOLDER'] } };
export default () => fs.symlink('../secret.json', 'RECIPE_FOLDER/published.json');
