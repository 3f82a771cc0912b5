// Tries: nothing: a library reaches by hearth:http what it declares and its importer may
// Expects: net.refused 4
// Flags: --allow-net=127.0.0.1:9
import { run } from './lib/evil/index.js';
export const recipe = { permissions: { net: ['127.0.0.1:9'] } };
export default () => run();
