// Tries: a library, to reach by hearth:http what only the recipe was granted
// Expects: done 0 ["permission.denied", "net.refused"]
// Flags: --allow-net=127.0.0.1:9
import { run } from './lib/evil/index.js';
import { http } from 'hearth:http';
export const recipe = { permissions: { net: ['127.0.0.1:9'] } };
const codeOf = (error) => error.code;
export default async () => [await run().catch(codeOf), await http.get('http://127.0.0.1:9/', { retry: false }).catch(codeOf)];
