// Inventories of machines that other modules tell of: plain data in, plain data out.
import { errorFrom } from 'hearth:binding';
import { checked } from 'hearth:binding/ansible/kit';

const OPTIONS = ['groupBy', 'group', 'user', 'port', 'key', 'vars'];
const HOST_KEY = /^(ssh-[a-z0-9-]+|ecdsa-sha2-[a-z0-9-]+|sk-[a-z0-9@.-]+) ([A-Za-z0-9+/]+={0,2})$/;
const URL_OF_HOST = /^(?:ssh:\/\/)?(?:([^@/\s]+)@)?(\[[0-9A-Fa-f:.]+\]|[^:/\s@]+)(?::([0-9]+))?\/?$/;

const wrong = (name, why) =>
  errorFrom({
    code: 'ansible.option',
    message: `The machine \`${name}\` ${why}.`,
    hint: 'Correct it; `ansible.d.ts` says what a machine is.',
  });

/** Those of Proxmox are one text. */
const wordsOf = (words) => (typeof words === 'string' ? words.split(/[;,\s]+/) : [words ?? []].flat()).filter((word) => word !== '');

/** Ansible takes letters, digits and `_`. */
const groupName = (text) => String(text).replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=[0-9])/, '_');

const groupsOf = (machine, by) => {
  if (typeof by === 'function') return wordsOf(by(machine));
  return [by].flat().flatMap((field) => wordsOf(machine[field] === undefined ? undefined : String([machine[field]].flat().join(';'))));
};

/** One of IPv4 first, since those of IPv6 may be reached by fewer. */
const addressOf = ({ address, addresses = [] }) => address ?? addresses.find((each) => !each.includes(':')) ?? addresses[0];

/** The key that a host must show, and no other: so that host keys are checked where nobody logged in before. */
const pinned = (name, hostKey) => {
  const key = HOST_KEY.exec(String(hostKey).split(/\s+/).slice(0, 2).join(' '));
  if (key === null) throw wrong(name, 'has a `hostKey` that is no public key, such as `ssh-ed25519 AAAA…`');
  const files = '-o UserKnownHostsFile=/dev/null -o GlobalKnownHostsFile=/dev/null';
  return `-o StrictHostKeyChecking=yes ${files} -o 'KnownHostsCommand=/bin/echo %H ${key[0]}'`;
};

const variablesOf = (name, machine, options) => {
  const spelled = machine.host === undefined ? [] : URL_OF_HOST.exec(machine.host);
  if (spelled === null) throw wrong(name, `has a \`host\` that is none: \`${machine.host}\``);
  const [, userOfHost, hostOfHost, portOfHost] = spelled;
  const address = addressOf(machine) ?? hostOfHost?.replace(/^\[|\]$/g, '');
  const port = machine.port ?? (portOfHost === undefined ? undefined : Number(portOfHost)) ?? options.port;
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536)) throw wrong(name, 'has a `port` that is none');
  const own = {
    ansible_host: address,
    ansible_port: port,
    ansible_user: machine.user ?? userOfHost ?? options.user,
    ansible_ssh_private_key_file: machine.key ?? options.key,
  };
  const all = { ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)), ...machine.vars };
  if (machine.hostKey === undefined) return all;
  const more = [all.ansible_ssh_common_args, pinned(name, machine.hostKey)].filter(Boolean).join(' ');
  return { ...all, ansible_ssh_common_args: more };
};

const nameOf = ({ name, Names, vmid }) => name ?? Names?.[0]?.replace(/^\//, '') ?? (vmid === undefined ? undefined : `vm${vmid}`);

const listOf = (machines) => {
  if (Array.isArray(machines)) return machines;
  return Object.entries(machines ?? {}).map(([name, one]) => ({ name, ...(typeof one === 'string' ? { address: one } : one) }));
};

/** An inventory of machines. */
export function inventoryFrom(machines, given = {}) {
  const { groupBy = 'tags', group, vars, ...options } = checked('inventoryFrom', given, OPTIONS);
  const hosts = {};
  const children = {};
  for (const machine of listOf(machines)) {
    const name = nameOf(machine);
    if (typeof name !== 'string' || name === '') throw wrong(JSON.stringify(machine) ?? 'undefined', 'has no name');
    if (Object.hasOwn(hosts, name)) throw wrong(name, 'is there twice');
    hosts[name] = variablesOf(name, machine, options);
    const groups = [...groupsOf(machine, groupBy), ...wordsOf(machine.groups), ...wordsOf(group)].map(groupName);
    for (const each of new Set(groups)) if (each !== 'all') ((children[each] ??= { hosts: {} }).hosts)[name] = null;
  }
  return { all: { hosts, vars: vars ?? {}, children } };
}
