// Users, groups, roles, tokens, ACLs and realms of hearth:proxmox.
import { ensured, need, orNull, sent } from 'hearth:binding/proxmox/ensure';
import { quoted } from 'hearth:binding/proxmox/kit';

const { freeze } = Object;

/** A token's name in two halves: `ci@pve!deploy`, or the user's handle knows the first. */
const halves = (name) => {
  const bang = String(name).indexOf('!');
  return bang < 0 ? { userid: undefined, tokenid: name } : { userid: name.slice(0, bang), tokenid: name.slice(bang + 1) };
};

/** Who may do what on one connection. */
export function access({ ops, handle, read, change }) {
  const put = (path, params) => change('PUT', path, sent(params));

  // ---- Tokens

  const token = (name, owner) => {
    const { userid = owner, tokenid } = halves(name);
    const path = ['access', 'users', userid, 'token', tokenid];
    const get = () => read(path);
    return handle('token', { token: `${userid}!${tokenid}` }, () => `token(${quoted(`${userid}!${tokenid}`)})`, {
      userid,
      tokenid,
      get,
      create: (spec = {}) => ops.createToken({ userid, tokenid, params: sent(spec) }),
      update: async (spec) => (await put(path, spec), get()),
      prove: (secret) => ops.proveToken({ secret }),
      delete: ({ force, as } = {}) => ops.deleteUnlessUsed({ kind: 'token', id: `${userid}!${tokenid}`, force, secret: as }),
      toJSON: () => ({ token: `${userid}!${tokenid}` }),
    });
  };

  const tokens = (userid) => {
    const list = () => read(['access', 'users', userid, 'token']);
    const find = async (tokenid) => (await list()).find((one) => one.tokenid === tokenid) ?? null;
    return freeze({
      list,
      find,
      get: async (tokenid) => (await token(tokenid, userid).get(), token(tokenid, userid)),
      create: ({ tokenid, ...spec } = {}) => (need('token', { tokenid }, 'tokenid'), token(tokenid, userid).create(spec)),
      async ensure({ tokenid, ...spec } = {}, { dryRun } = {}) {
        need('token', { tokenid }, 'tokenid');
        const one = token(tokenid, userid);
        const done = await ensured({
          spec,
          dryRun,
          defaults: { privsep: 1, expire: 0 },
          find: () => find(tokenid),
          create: async () => ({ secret: await one.create(spec) }),
          update: (what) => put(['access', 'users', userid, 'token', tokenid], withEmpty(what)).then(() => ({})),
        });
        return { secret: null, ...done };
      },
    });
  };

  // ---- Users

  const user = (userid) => {
    const path = ['access', 'users', userid];
    const get = () => read(path);
    return handle('user', { userid }, () => `user(${quoted(userid)})`, {
      userid,
      get,
      update: async (spec) => (await put(path, withEmpty(spec)), get()),
      delete: ({ force } = {}) => ops.deleteUnlessUsed({ kind: 'user', id: userid, force }),
      password: (password, { confirmation } = {}) =>
        change('PUT', ['access', 'password'], sent({ userid, password, 'confirmation-password': confirmation })),
      permissions: (params) => read(['access', 'permissions'], { userid, ...params }),
      tokens: tokens(userid),
      token: (tokenid) => token(tokenid, userid),
      toJSON: () => ({ userid }),
    });
  };

  const users = freeze({
    list: (params) => read(['access', 'users'], params),
    find: (userid) => orNull('proxmox.user-not-found', () => user(userid).get()),
    get: async (userid) => (await user(userid).get(), user(userid)),
    create: async (spec = {}) => (need('user', spec, 'userid'), await change('POST', ['access', 'users'], sent(spec)), user(spec.userid)),
    ensure: async (spec = {}, { dryRun } = {}) => {
      need('user', spec, 'userid');
      const { userid, ...rest } = spec;
      return ensured({
        spec: rest,
        dryRun,
        lists: ['groups'],
        once: ['password'],
        defaults: { enable: 1, expire: 0 },
        find: () => users.find(userid),
        create: () => change('POST', ['access', 'users'], sent(withEmpty(spec))).then(() => ({})),
        update: (what) => put(['access', 'users', userid], withEmpty(what)).then(() => ({})),
      });
    },
  });

  // ---- Groups

  const group = (groupid) => {
    const path = ['access', 'groups', groupid];
    const get = () => read(path);
    return handle('group', { groupid }, () => `group(${quoted(groupid)})`, {
      groupid,
      get,
      update: async ({ members, ...spec } = {}) => {
        if (Object.keys(spec).length > 0) await put(path, withEmpty(spec));
        if (members !== undefined) await membersOf(groupid, members);
        return get();
      },
      delete: ({ force } = {}) => ops.deleteUnlessUsed({ kind: 'group', id: groupid, force }),
      toJSON: () => ({ groupid }),
    });
  };

  /** A group has just these members then; Proxmox keeps them with the users. */
  const membersOf = async (groupid, wanted) => {
    const { members } = await read(['access', 'groups', groupid]);
    for (const userid of wanted.filter((one) => !members.includes(one))) {
      await put(['access', 'users', userid], { groups: groupid, append: 1 });
    }
    for (const userid of members.filter((one) => !wanted.includes(one))) {
      const { groups } = await read(['access', 'users', userid]);
      await put(['access', 'users', userid], { groups: groups.filter((one) => one !== groupid) });
    }
  };

  const groups = freeze({
    list: () => read(['access', 'groups']),
    find: (groupid) => orNull('proxmox.group-not-found', () => group(groupid).get()),
    get: async (groupid) => (await group(groupid).get(), group(groupid)),
    async create({ members, ...spec } = {}) {
      need('group', spec, 'groupid');
      await change('POST', ['access', 'groups'], sent(spec));
      if (members !== undefined) await membersOf(spec.groupid, members);
      return group(spec.groupid);
    },
    async ensure(spec = {}, { dryRun } = {}) {
      need('group', spec, 'groupid');
      const { groupid, ...rest } = spec;
      return ensured({
        spec: rest,
        dryRun,
        lists: ['members'],
        find: () => groups.find(groupid),
        create: () => groups.create(spec).then(() => ({})),
        update: (what) => group(groupid).update(what).then(() => ({})),
      });
    },
  });

  // ---- Roles

  const role = (roleid) => {
    const path = ['access', 'roles', roleid];
    const get = async () => ({ roleid, privs: Object.keys(await read(path)).sort() });
    return handle('role', { roleid }, () => `role(${quoted(roleid)})`, {
      roleid,
      get,
      update: async (spec) => (await put(path, spec), get()),
      delete: ({ force } = {}) => ops.deleteUnlessUsed({ kind: 'role', id: roleid, force }),
      toJSON: () => ({ roleid }),
    });
  };

  const roles = freeze({
    list: async () =>
      (await read(['access', 'roles'])).map(({ privs, ...one }) => ({ ...one, privs: privs.split(',').filter((name) => name !== '') })),
    find: (roleid) => orNull('proxmox.role-not-found', () => role(roleid).get()),
    get: async (roleid) => (await role(roleid).get(), role(roleid)),
    create: async (spec = {}) => (need('role', spec, 'roleid'), await change('POST', ['access', 'roles'], sent(spec)), role(spec.roleid)),
    async ensure(spec = {}, { dryRun } = {}) {
      need('role', spec, 'roleid');
      const { roleid, ...rest } = spec;
      return ensured({
        spec: rest,
        dryRun,
        lists: ['privs'],
        find: () => roles.find(roleid),
        create: () => change('POST', ['access', 'roles'], sent(spec)).then(() => ({})),
        update: (what) => put(['access', 'roles', roleid], { privs: what.privs ?? '' }).then(() => ({})),
      });
    },
  });

  // ---- ACLs

  const acls = () => read(['access', 'acl']);
  const whose = ({ user, group, token }) =>
    user !== undefined ? ['user', user] : group !== undefined ? ['group', group] : ['token', token];
  const ofWhom = (entries, { path, ...who }) => {
    const [type, ugid] = whose(who);
    return entries.filter((one) => one.path === path && one.type === type && one.ugid === ugid);
  };
  const grant = ({ path, role: one, roles: many = one, propagate, delete: gone, ...who }) => {
    need('ACL entry', { path }, 'path');
    const [type, ugid] = whose(who);
    need('ACL entry', { [type]: ugid }, type);
    return put(['access', 'acl'], { path, roles: many, propagate, delete: gone, [`${type}s`]: ugid });
  };

  const acl = freeze({
    list: acls,
    find: async (wanted = {}) => ofWhom(await acls(), wanted),
    grant,
    revoke: (wanted = {}) => grant({ ...wanted, propagate: undefined, delete: 1 }),
    async ensure({ path, role: one, roles: many = one, propagate, ...who } = {}, { dryRun } = {}) {
      need('ACL entry', { path }, 'path');
      const [type, ugid] = whose(who);
      need('ACL entry', { [type]: ugid }, type);
      const wanted = many === undefined || many === null ? [] : [many].flat();
      const there = async () => {
        const entries = ofWhom(await acls(), { path, ...who });
        if (entries.length === 0) return null;
        return { roles: entries.map(({ roleid }) => roleid).sort(), propagate: entries.every((each) => each.propagate) ? 1 : 0 };
      };
      const setTo = async (before) => {
        if (wanted.length > 0) await grant({ path, roles: wanted, propagate: propagate ?? before?.propagate, ...who });
        const gone = (before?.roles ?? []).filter((each) => !wanted.includes(each));
        if (gone.length > 0) await grant({ path, roles: gone, delete: 1, ...who });
        return {};
      };
      const spec = wanted.length === 0 ? { roles: [] } : { roles: wanted, propagate };
      if (wanted.length === 0 && (await there()) === null) return { changed: false, before: null, after: {} };
      return ensured({
        spec,
        dryRun,
        lists: ['roles'],
        defaults: { propagate: 1 },
        find: there,
        create: () => setTo(null),
        update: async (_, before) => setTo(before),
      });
    },
  });

  // ---- Realms

  const realms = freeze({
    list: () => read(['access', 'domains']),
    find: (realm) => orNull('proxmox.realm-not-found', () => read(['access', 'domains', realm])),
    get: (realm) => read(['access', 'domains', realm]),
  });

  return {
    users,
    user,
    groups,
    group,
    roles,
    role,
    token: (name) => token(name),
    acl,
    realms,
    permissions: (params) => read(['access', 'permissions'], params),
  };
}

/** In the files of users what is nothing is empty; nothing of it can be deleted by name. */
const withEmpty = (spec) => Object.fromEntries(Object.entries(spec).map(([key, value]) => [key, value === null ? '' : value]));
