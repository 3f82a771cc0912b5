// Tries: to make a link that leads out by way of a link that is there
// Expects: permission.leads-outside 3
// Flags: --allow-read=RECIPE_FOLDER --allow-write=RECIPE_FOLDER
import { fs } from 'hearth:fs';
export const recipe = { permissions: { read: ['RECIPE_FOLDER'], write: ['RECIPE_FOLDER'] } };
export default () => fs.symlink('linked/secret.json', 'RECIPE_FOLDER/published.json');
