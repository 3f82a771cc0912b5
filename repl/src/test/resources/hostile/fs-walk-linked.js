// Tries: to list what a link of a folder leads to by walking
// Expects: done 0 []
// Flags: --allow-read=RECIPE_FOLDER
import { fs } from 'hearth:fs';
export const recipe = { permissions: { read: ['RECIPE_FOLDER'] } };
export default async () => {
  const found = [];
  for await (const { path } of fs.walk('RECIPE_FOLDER')) if (/secret|wallet/.test(path)) found.push(path);
  return found;
};
