// Tries: to find a Java object among the properties of errors
// Expects: done 0 []
import { sleep } from 'hearth:time';
const props = (error) => {
  const names = [];
  for (let at = error; at !== null; at = Object.getPrototypeOf(at)) names.push(...Reflect.ownKeys(at).map(String));
  return names;
};
export default async () => {
  const errors = [];
  for (const bad of [() => sleep('never'), () => sleep({}), () => import('../x.js'), () => null.x, () => setTimeout(1)]) {
    try {
      await bad();
    } catch (error) {
      errors.push(error);
    }
  }
  return errors.flatMap((error) => [
    ...props(error).filter((name) => /java|class|host|cause|suppressed|hashCode/i.test(name)),
    ...(/dev\.hearth|java\.|org\.graalvm/.test(String(error.stack) + String(error)) ? [String(error.stack)] : []),
  ]);
};
