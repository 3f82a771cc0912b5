// A new secret for an API token: another token with the same rights, and the old one goes once the new one works.
import { fs } from 'hearth:fs';
import { proxmox } from 'hearth:proxmox';

export const recipe = {
  summary: 'A new token in place of an old one, with the same rights',
  description: `Makes a token beside the old one (its name and a number), gives it the same rights, writes its secret to a file that
only its owner can read, comes in with it and compares what both may do. Only then the old token is removed.`,
  params: {
    token: {
      type: 'string',
      pattern: '^[^!]+@[^!]+![A-Za-z][A-Za-z0-9._-]+$',
      summary: 'the old token, as USER@REALM!TOKENID',
    },
    secretFile: { type: 'string', summary: 'the file that gets the new secret, as USER@REALM!TOKENID=UUID' },
    to: { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9._-]+$', summary: 'the name of the new token; default: the old one with a number' },
    keepOld: { type: 'boolean', summary: 'leave the old token where it is', default: false },
  },
  permissions: { proxmox: 'write', read: ['.'], write: ['.'] },
  onError: 'undo',
};

export default async function ({ params, step, log }) {
  const pve = proxmox();
  const old = pve.token(params.token);
  const user = pve.user(old.userid);
  if (await fs.exists(params.secretFile)) throw new Error(`${params.secretFile} exists already; name a file that does not.`);
  const plan = await step('look at the old token', () => planned(pve, user, old, params.to), { readOnly: true });
  const fresh = user.token(plan.tokenid);
  const name = `${fresh.userid}!${fresh.tokenid}`;

  const secret = await step('make the new token', () => fresh.create(plan.settings), {
    undo: () => fresh.delete(),
  });
  await step('give it the same rights', async () => {
    for (const { path, roleid, propagate } of plan.acl) await pve.acl.grant({ path, role: roleid, propagate, token: name });
  });
  await step('prove that it works', async () => {
    const now = await fresh.prove(secret);
    const before = await pve.permissions({ userid: params.token });
    const lacks = missing(before, now);
    if (lacks.length > 0) throw new Error(`The new token lacks ${lacks.join(', ')}; the old one is left as it is.`);
  }, { readOnly: true });
  await step('write its secret', () => fs.write(params.secretFile, secret, { mode: '0600' }), {
    undo: async () => {
      if (await fs.exists(params.secretFile)) await fs.remove(params.secretFile);
    },
  });

  const removed = params.keepOld ? false : await step('remove the old token', () => removeOld(old, secret));
  log.info(`${name} works; its secret is in ${params.secretFile}`, { removed: removed ? params.token : 'nothing' });
  return { token: name, secretFile: params.secretFile, removed };
}

async function planned(pve, user, old, to) {
  const info = await old.get();
  const taken = (await user.tokens.list()).map(({ tokenid }) => tokenid);
  const acl = (await pve.acl.list()).filter(({ type, ugid }) => type === 'token' && ugid === `${old.userid}!${old.tokenid}`);
  if (to !== undefined && taken.includes(to)) throw new Error(`${old.userid} has a token ${to} already; name another with --to.`);
  return { tokenid: to ?? next(old.tokenid, taken), settings: info, acl };
}

/** `ci` is followed by `ci-2`, and that by `ci-3`. */
function next(tokenid, taken) {
  const [, stem, number] = /^(.*?)(?:-(\d+))?$/.exec(tokenid);
  for (let n = Number(number ?? 1) + 1; ; n++) if (!taken.includes(`${stem}-${n}`)) return `${stem}-${n}`;
}

/** The connection may come in with the old token itself, which then only the new one can remove. */
async function removeOld(old, secret) {
  try {
    return await old.delete();
  } catch (error) {
    if (error.code !== 'proxmox.in-use') throw error;
    return old.delete({ as: secret });
  }
}

/** The privileges by path that the old one has and the new one has not. */
function missing(before, now) {
  return Object.entries(before).flatMap(([path, rights]) =>
    Object.keys(rights)
      .filter((right) => now[path]?.[right] !== rights[right])
      .map((right) => `${right} on ${path}`),
  );
}
