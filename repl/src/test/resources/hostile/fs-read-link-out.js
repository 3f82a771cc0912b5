// Tries: to read beside the granted folder what a link leads to, and by copying the folder with the link in it
// Expects: done 0 ["../secret.json","permission.leads-outside","permission.denied"]
// Flags: --allow-read=RECIPE_FOLDER --allow-write=RECIPE_FOLDER
import { fs } from 'hearth:fs';
export const recipe = { permissions: { read: ['RECIPE_FOLDER'], write: ['RECIPE_FOLDER'] } };
const code = (work) => work.then(() => 'done', (error) => error.code);
export default async () => [
  await fs.readLink('RECIPE_FOLDER/link.json'),
  await code(fs.copy('RECIPE_FOLDER/link.json', 'RECIPE_FOLDER/mine.json')),
  await code(fs.copy('RECIPE_FOLDER', 'RECIPE_FOLDER/../in/../in/sub', { recursive: true }).catch(() => fs.symlink('../../secret.json', 'RECIPE_FOLDER/x'))),
];
