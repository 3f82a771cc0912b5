// Tries: to catch the key by replacing String and its methods before a facade loads
// Expects: done 0 []
const caught = [];
for (const name of ['toString', 'valueOf', 'charCodeAt', 'replace', 'startsWith', 'at', 'trim']) {
  const own = String.prototype[name];
  String.prototype[name] = function (...args) {
    if (/^[0-9a-f]{32}$/.test(this)) caught.push(String(this));
    return Reflect.apply(own, this, args);
  };
}
globalThis.String = new Proxy(String, { apply: (target, self, [text]) => (caught.push(text), target(text)) });
export default async () => {
  await import('hearth:proxmox');
  await import('hearth:time');
  return caught.filter((text) => /^[0-9a-f]{32}$/.test(text));
};
