// Tries: to read beside the granted folder by ..
// Expects: permission.denied 3
// Flags: --allow-read=RECIPE_FOLDER
import { fs } from 'hearth:fs';
export const recipe = { permissions: { read: ['RECIPE_FOLDER'] } };
export default () => fs.read('RECIPE_FOLDER/../secret.json');
