// Tries: a library, to put its own in the place of the web's globals, before and after the recipe uses them
// Expects: done 0 {"replaced": [], "href": "http://host/", "header": "v", "json": {"a": 1}, "names": true}
import { attack } from './lib/evil/index.js';
export default async () => {
  const before = Reflect.ownKeys(Object.getPrototypeOf(globalThis)).length;
  const early = await attack();
  const href = new URL('http://host/').href;
  const header = new Headers({ n: 'v' }).get('n');
  const json = await new Response('{"a":1}').json();
  const replaced = [...early, ...(await attack())];
  return { replaced, href, header, json, names: before > 40 && before === Reflect.ownKeys(Object.getPrototypeOf(globalThis)).length };
};
