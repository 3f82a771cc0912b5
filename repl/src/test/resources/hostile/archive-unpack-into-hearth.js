// Tries: to put a file among Hearth's own by unpacking it there, whatever was granted
// Expects: permission.protected 3
// Flags: --allow-read=/ --allow-write=/
import { archive } from 'hearth:archive';
export const recipe = { permissions: { read: ['/'], write: ['/'] } };
export default async () => {
  await archive.pack('RECIPE_FOLDER/x.zip', 'ok.json', { cwd: 'RECIPE_FOLDER' });
  await archive.unpack('RECIPE_FOLDER/x.zip', 'HEARTH_HOME/config');
};
