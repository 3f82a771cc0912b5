// What a template is to be. What a wish names elsewhere (files, keys) is fetched here; checking it and making it whole is Java.
import { errorFrom, isSecret, open, pure } from 'hearth:binding';
import { fs } from 'hearth:fs';
import { http } from 'hearth:http';

const ops = pure('templates');
const { Array, JSON, Object, Promise, String } = globalThis;

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && !isSecret(value);

const wrong = (field, what, hint) =>
  errorFrom({
    code: 'templates.spec',
    message: `The template's \`${field}\` ${what}.`,
    hint: hint ?? 'Correct the specification; the page of `hearth:templates` lists its fields.',
  });

/** For Java, and for nobody to read: `***` in place of Secrets. */
export const masked = (value) => JSON.parse(JSON.stringify(value) ?? 'null');

const linesOf = (text) =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

const GITHUB = /^github:([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))$/;

/** The public keys that somebody has on GitHub. */
async function ofGithub(field, name) {
  const keys = linesOf(await (await http.get(`https://github.com/${name}.keys`)).text());
  if (keys.length === 0) throw wrong(field, `is \`github:${name}\`, who has no public keys there`, 'Check the name, or give the keys themselves.');
  return keys;
}

/** One entry of a list of keys, as the lines that it stands for. */
async function keysOf(field, entry) {
  if (typeof entry === 'string' && entry.startsWith('github:')) {
    const name = GITHUB.exec(entry);
    if (name === null) throw wrong(field, 'has no name of GitHub behind `github:`');
    return ofGithub(field, name[1]);
  }
  if (!isObject(entry)) return [entry];
  if (entry.agent === true && Object.keys(entry).length === 1) return open('templates').agentKeys();
  const { file, ...others } = entry;
  if (typeof file !== 'string' || Object.keys(others).length > 0) {
    throw wrong(field, 'is an object, and has to be `{ file: … }` or `{ agent: true }`');
  }
  const keys = linesOf(await fs.read(file));
  if (keys.length === 0) throw wrong(field, `names \`${file}\`, in which there is no key`);
  return keys;
}

async function keyList(field, list) {
  if (!Array.isArray(list)) return list;
  return (await Promise.all(list.map((entry, i) => keysOf(`${field}[${i}]`, entry)))).flat();
}

/** A text, or the text of `{ file }` or `{ url }`. */
async function textOf(field, given) {
  if (!isObject(given)) return given;
  const { file, url, ...others } = given;
  if (Object.keys(others).length > 0 || (file === undefined) === (url === undefined)) {
    throw wrong(field, 'is an object, and has to be `{ file: … }` or `{ url: … }`');
  }
  return file === undefined ? (await http.get(String(url))).text() : fs.read(file);
}

/** Each object of a list with some of its fields replaced. */
const mapped = async (list, change) =>
  Array.isArray(list) ? Promise.all(list.map((each, i) => (isObject(each) ? change(each, i) : each))) : list;

const present = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const userOf = async (user, i) => {
  const { password } = user;
  if (password !== undefined && password !== null && !isSecret(password)) {
    const hint = "Take `await secret('NAME')` of `hearth:secret` or a parameter with `secret: true`, or give a `passwordHash`.";
    throw wrong(`users[${i}].password`, 'is no Secret', hint);
  }
  return { ...user, ...present({ sshKeys: await keyList(`users[${i}].sshKeys`, user.sshKeys) }) };
};

/** The wish with nothing in it that is elsewhere. */
export async function gathered(wish) {
  const [sshKeys, users, files, repositories] = await Promise.all([
    keyList('sshKeys', wish.sshKeys),
    mapped(wish.users, userOf),
    mapped(wish.files, async (file, i) => ({ ...file, ...present({ content: await textOf(`files[${i}].content`, file.content) }) })),
    mapped(wish.repositories, async (one, i) => ({ ...one, ...present({ key: await textOf(`repositories[${i}].key`, one.key) }) })),
  ]);
  return { ...wish, ...present({ sshKeys, users, files, repositories }) };
}

/** The catalogue's name of the image that a wish is about; `null` for one that nobody knows. */
export function imageNamed(wish) {
  const image = wish?.image;
  const name = isObject(image) ? image.like : image;
  return typeof name === 'string' && name !== '' ? name : null;
}

/**
 * The whole specification of a wish, as plain data with every default spelled out; passwords stay Secrets.
 *
 * `image` is the catalogue's entry that `imageNamed` leads to, or `null`.
 */
export async function specificationOf(wish, image) {
  if (!isObject(wish)) throw wrong('specification', 'has to be an object');
  const whole = await gathered(wish);
  const specification = ops.specification({ wish: masked(whole), image: image ?? null });
  specification.users.forEach((user, i) => {
    const password = whole.users?.[i]?.password;
    if (isSecret(password)) user.password = password;
  });
  return specification;
}

/**
 * The digest by which a specification is told from another. `imageIdentity` is what the image is known by: its checksum.
 * Neither the node nor where the image lies counts, nor do passwords.
 */
export const digestOf = (spec, imageIdentity) => ops.digest({ spec: masked(spec), image: String(imageIdentity) });
