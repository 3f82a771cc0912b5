// Tries: to start more operations than may wait
// Expects: limit.too-many-operations 1
import { sleep } from 'hearth:time';
export default async () => { const all = []; for (let i = 0; i < 2_010; i++) all.push(sleep('1m')); await Promise.all(all); };
