// Tries: a library, to use what it declares and its importer was not granted
// Expects: permission.denied 3
import { list } from './lib/evil/index.js';
export default () => list();
