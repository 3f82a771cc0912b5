// Tries: to read what is not granted by packing it
// Expects: permission.denied 3
// Flags: --allow-read=RECIPE_FOLDER --allow-write=RECIPE_FOLDER
import { archive } from 'hearth:archive';
export const recipe = { permissions: { read: ['RECIPE_FOLDER'], write: ['RECIPE_FOLDER'] } };
export default async () => {
  await archive.pack('RECIPE_FOLDER/x.tar', 'secret.json', { cwd: 'RECIPE_FOLDER/..' });
  return archive.read('RECIPE_FOLDER/x.tar');
};
