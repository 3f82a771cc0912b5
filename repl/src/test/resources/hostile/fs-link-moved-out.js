// Tries: to make a harmless link lead out by moving it, then the folder it stands in
// Expects: done 0 ["permission.denied","permission.denied"]
// Flags: --allow-read=RECIPE_FOLDER --allow-write=RECIPE_FOLDER
import { fs } from 'hearth:fs';
export const recipe = { permissions: { read: ['RECIPE_FOLDER'], write: ['RECIPE_FOLDER'] } };
const code = (work) => work.then(() => 'done', (error) => error.code);
export default async () => {
  await fs.mkdir('RECIPE_FOLDER/a/b');
  await fs.symlink('../../secret.json', 'RECIPE_FOLDER/a/b/key');
  return [
    await code(fs.move('RECIPE_FOLDER/a/b/key', 'RECIPE_FOLDER/key')),
    await code(fs.move('RECIPE_FOLDER/a/b', 'RECIPE_FOLDER/b')),
  ];
};
