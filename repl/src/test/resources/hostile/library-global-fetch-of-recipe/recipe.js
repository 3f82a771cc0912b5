// Tries: nothing: beside a library the recipe's own global fetch is refused, and says what to use
// Expects: done 0 [["permission.denied", "the global fetch may not connect to 127.0.0.1:9: it was not granted.", "This recipe imports a library that has grants of its own, and `fetch` is shared by both; import `http` from `hearth:http`, which acts with the grants of who imports it."], "permission.denied", 200]
// Flags: --allow-net=127.0.0.1:9
import './lib/evil/index.js';
export const recipe = { permissions: { net: ['127.0.0.1:9'] } };
const refusal = async (work) => {
  try {
    return (await work()).status;
  } catch (error) {
    return [error.code, error.message, error.hint];
  }
};
const body = () => new ReadableStream({ start: (to) => (to.enqueue(new Uint8Array(1)), to.close()) });
export default async () => [
  await refusal(() => fetch('http://127.0.0.1:9/')),
  (await refusal(() => fetch('http://127.0.0.1:9/', { method: 'POST', body: body(), duplex: 'half' })))[0],
  await refusal(() => fetch('data:,needs-no-grant')),
];
