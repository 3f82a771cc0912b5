// The firewall of hearth:proxmox, on any of its levels: of the datacenter, a node, a VM, a container.
import { changes, ensured, need, sent } from 'hearth:binding/proxmox/ensure';

const { freeze } = Object;

/** What Proxmox keeps of a rule beside what was said of it. */
const KEPT = ['pos', 'digest', 'ipversion', 'errors'];

const plain = (value) => (value === true ? '1' : value === false ? '0' : String(value));

/** A rule as it is wanted: on, unless it is said to be off. */
const wantedRule = (rule) => ({ enable: 1, ...rule });

const told = (rule) => Object.fromEntries(Object.entries(rule).filter(([key]) => !KEPT.includes(key)));

/** Whether a rule that is there says all that is wanted, and switches nothing besides. */
const isSame = (there, wanted) =>
  Object.entries(wantedRule(wanted)).every(([key, value]) => value === undefined || plain(there[key] ?? '') === plain(value ?? '')) &&
  Object.keys(told(there)).every((key) => key in wantedRule(wanted) || key === 'comment' || key === 'log');

/** A list of rules below a path. */
function ruleList({ read, change }, path) {
  const list = () => read(path);
  const one = (pos) => [...path, String(pos)];
  const remove = (pos, { digest } = {}) => change('DELETE', one(pos), sent({ digest }));
  return freeze({
    list,
    get: (pos) => read(one(pos)),
    /** Comes first, wherever it was said to go. */
    create: (rule = {}) => change('POST', path, sent(wantedRule(rule))),
    update: (pos, rule = {}, { digest } = {}) => change('PUT', one(pos), { ...changes(rule), ...sent({ digest }) }),
    move: (pos, to, { digest } = {}) => change('PUT', one(pos), sent({ moveto: to, digest })),
    delete: remove,
    /** Exactly these rules in this order; the new ones stand before the old ones go, so there is no gap. */
    async ensure(rules, { dryRun } = {}) {
      const there = await list();
      const before = there.map(told);
      const same = there.length === rules.length && rules.every((rule, at) => isSame(there[at], rule));
      if (same) return { changed: false, before, after: before };
      if (dryRun === true) return { changed: true, before, after: rules.map(wantedRule) };
      for (const rule of [...rules].reverse()) await change('POST', path, sent(wantedRule(rule)));
      for (let pos = rules.length + there.length - 1; pos >= rules.length; pos--) {
        const now = await list();
        await remove(pos, { digest: now[pos]?.digest });
      }
      return { changed: true, before, after: (await list()).map(told) };
    },
  });
}

/** Things with a name, each kept by itself. */
function named({ read, change }, path, what, spec) {
  const list = () => read(path);
  const find = async (name) => (await list()).find((one) => one.name.toLowerCase() === String(name).toLowerCase()) ?? null;
  return { list, find, need: (given) => need(what, given, ...spec), remove: (name, params) => change('DELETE', [...path, name], sent(params ?? {})) };
}

/** The firewall behind a door: `read(what)` and `change(method, what, params)` below its path. */
export function firewall(door, { names = false, groups = false } = {}) {
  const { read, change } = door;
  const options = freeze({
    get: () => read(['options']),
    update: async (values, { digest } = {}) => (await change('PUT', ['options'], { ...changes(values), ...sent({ digest }) }), read(['options'])),
    ensure: (spec = {}, { dryRun } = {}) =>
      ensured({
        spec,
        dryRun,
        find: () => read(['options']),
        create: async () => ({}),
        update: (what) => change('PUT', ['options'], changes(what)).then(() => ({})),
      }),
  });
  const members = { options, rules: ruleList(door, ['rules']) };
  if (names) Object.assign(members, aliasesAndSets(door));
  if (groups) members.groups = groupsOf(door);
  return freeze(members);
}

function aliasesAndSets(door) {
  const { read, change } = door;
  const alias = named(door, ['aliases'], 'firewall alias', ['name', 'cidr']);
  const aliases = freeze({
    list: alias.list,
    find: alias.find,
    create: (spec = {}) => (alias.need(spec), change('POST', ['aliases'], sent(spec))),
    delete: (name) => alias.remove(name),
    ensure: (spec = {}, { dryRun } = {}) => {
      alias.need(spec);
      const { name, ...rest } = spec;
      return ensured({
        spec: rest,
        dryRun,
        find: () => alias.find(name),
        create: () => change('POST', ['aliases'], sent(spec)).then(() => ({})),
        update: (what, there) =>
          change('PUT', ['aliases', name], sent({ cidr: there.cidr, comment: there.comment, ...what })).then(() => ({})),
      });
    },
  });
  const set = named(door, ['ipset'], 'firewall set', ['name']);
  const entries = (name) => read(['ipset', name]);
  const entry = (one) => (typeof one === 'string' ? { cidr: one } : one);
  const ipsets = freeze({
    list: set.list,
    find: set.find,
    entries,
    create: (spec = {}) => (set.need(spec), change('POST', ['ipset'], sent(spec))),
    add: (name, one) => change('POST', ['ipset', name], sent(entry(one))),
    remove: (name, cidr) => change('DELETE', ['ipset', name, cidr]),
    delete: (name, { force } = {}) => set.remove(name, { force }),
    /** The set with exactly these entries. */
    async ensure({ name, comment, entries: wanted = [] } = {}, { dryRun } = {}) {
      set.need({ name });
      const there = await set.find(name);
      const before = there === null ? null : (await entries(name)).map((one) => one.cidr);
      const cidrs = wanted.map((one) => entry(one).cidr);
      const missing = wanted.map(entry).filter(({ cidr }) => !before?.includes(cidr));
      const extra = (before ?? []).filter((cidr) => !cidrs.includes(cidr));
      if (there !== null && missing.length === 0 && extra.length === 0) return { changed: false, before, after: before };
      if (dryRun === true) return { changed: true, before, after: cidrs };
      if (there === null) await change('POST', ['ipset'], sent({ name, comment }));
      for (const one of missing) await change('POST', ['ipset', name], sent(one));
      for (const cidr of extra) await change('DELETE', ['ipset', name, cidr]);
      return { changed: true, before, after: (await entries(name)).map((one) => one.cidr) };
    },
  });
  return { aliases, ipsets };
}

function groupsOf(door) {
  const { read, change } = door;
  return freeze({
    list: () => read(['groups']),
    create: (spec = {}) => (need('security group', spec, 'group'), change('POST', ['groups'], sent(spec))),
    delete: (group) => change('DELETE', ['groups', group]),
    rules: (group) => ruleList(door, ['groups', group]),
  });
}
