// Makes corpus.expected.txt from corpus.txt with the stripper of node, `amaro`: npm install --no-save amaro && node corpus.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { transformSync } = createRequire(process.cwd() + '/')('amaro');
const here = (name) => new URL(name, import.meta.url);
const strip = (text) => transformSync(text, { mode: 'strip-only' }).code;
const plain = (text) => text.replace(/[\u00A0\u2002\u2003\uFEFF]/g, ' '); // amaro keeps the length in bytes with wider blanks

const sections = readFileSync(here('corpus.txt'), 'utf8').split(/^==== /m).slice(1);
const stripped = sections.map((section) => {
  const name = section.slice(0, section.indexOf('\n') + 1);
  try {
    return name + plain(strip(section.slice(name.length)));
  } catch (error) {
    throw new Error(`${name}${error.message ?? JSON.stringify(error)}`);
  }
});
writeFileSync(here('corpus.expected.txt'), stripped.map((section) => `==== ${section}`).join(''));
