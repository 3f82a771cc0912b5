// Tries: to read what a link leads to by packing the link, and what is in a folder behind one
// Expects: done 0 ["link","link","permission.leads-outside"]
// Flags: --allow-read=RECIPE_FOLDER --allow-write=RECIPE_FOLDER
import { archive } from 'hearth:archive';
export const recipe = { permissions: { read: ['RECIPE_FOLDER'], write: ['RECIPE_FOLDER'] } };
export default async () => {
  await archive.pack('RECIPE_FOLDER/x.tar', ['link.json', 'linked'], { cwd: 'RECIPE_FOLDER' });
  const types = (await archive.list('RECIPE_FOLDER/x.tar')).map((entry) => entry.type);
  const behind = archive.pack('RECIPE_FOLDER/y.tar', '.', { cwd: 'RECIPE_FOLDER/linked' });
  return [...types, await behind.then(() => 'done', (error) => error.code)];
};
