// Tries: to copy what is not granted to where it may read
// Expects: permission.denied 3
// Flags: --allow-read=RECIPE_FOLDER --allow-write=RECIPE_FOLDER
import { fs } from 'hearth:fs';
export const recipe = { permissions: { read: ['RECIPE_FOLDER'], write: ['RECIPE_FOLDER'] } };
export default async () => {
  await fs.copy('CANARY_FILE', 'RECIPE_FOLDER/mine.json');
  return fs.read('RECIPE_FOLDER/mine.json');
};
