// Tries: to break errors by replacing Error and its stack
// Expects: recipe.op-argument 1
import { sleep } from 'hearth:time';
globalThis.Error = class {};
Error.prepareStackTrace = () => {
  throw 1;
};
export default () => sleep('never');
