// Tries: to end a granted path early by a NUL
// Expects: fs.no-path 1
// Flags: --allow-read=RECIPE_FOLDER
import { fs } from 'hearth:fs';
export const recipe = { permissions: { read: ['RECIPE_FOLDER'] } };
export default () => fs.read('RECIPE_FOLDER/../secret.json\0RECIPE_FOLDER');
