// Tries: to read what another run left, with the folder granted
// Expects: permission.protected 3
// Flags: --allow-read=HEARTH_HOME
import { fs } from 'hearth:fs';
export const recipe = { permissions: { read: ['HEARTH_HOME'] } };
export default () => fs.read('HEARTH_HOME/state/runs/20260101-000000-aaaa/journal.jsonl');
