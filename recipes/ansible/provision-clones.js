// Machines of a template, made and set up: clones on Proxmox, then a playbook on all of them.
import { ansible, inventoryFrom } from 'hearth:ansible';
import { net } from 'hearth:net';
import { proxmox } from 'hearth:proxmox';
import { templates } from 'hearth:templates';
import { addressesFrom, nameOf } from '../lib/addresses.js';

export const recipe = {
  summary: 'Clones machines from a template and runs a playbook on them',
  description: `Clones a template as often as asked, waits until each machine lets people in by SSH, and runs a playbook on all of them as
the group of their prefix. Machines that are there already are kept, so a second run only sets them up anew. Without \`--first\` the
guest agent tells their addresses and host keys; with it they get addresses one after another.`,
  params: {
    playbook: { type: 'string', summary: 'path of the playbook, from the current folder on', default: 'site.yml' },
    template: { type: 'string', format: 'hostname', summary: 'name of the template', default: 'debian-13' },
    count: { type: 'integer', minimum: 1, maximum: 50, summary: 'how many machines there are to be', default: 1 },
    prefix: { type: 'string', pattern: '^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$', summary: 'what their names begin with, and their group', default: 'node' },
    first: { type: 'string', pattern: '^[0-9]{1,3}([.][0-9]{1,3}){3}/[0-9]{1,2}$', summary: 'address of the first one with its prefix; default: by DHCP' },
    gateway: { type: 'string', format: 'ipv4', summary: 'gateway of all, with --first' },
    user: { type: 'string', summary: 'who logs in', default: 'debian' },
    key: { type: 'string', summary: 'file of the private key; default: as your ssh is configured' },
    port: { type: 'integer', minimum: 1, maximum: 65535, summary: 'port of SSH', default: 22 },
    vars: { type: 'object', additionalProperties: true, summary: 'variables of all of them', default: {} },
    wait: { type: 'string', pattern: '^[0-9]+(s|m)$', summary: 'how long a machine may take to let people in', default: '5m' },
  },
  permissions: { proxmox: 'write', ansible: 'write' }, // and `--allow-net` of the machines
  lock: 'fleet/{prefix}',
  onError: 'stop', // a machine that was not set up is one to look at
};

export default async function ({ params, step, log }) {
  const { playbook, template, prefix, user, port, key, vars, wait } = params;
  const wanted = machines(params);
  const there = await step('see which are there', async () => (await proxmox().vms.list()).map(({ name }) => name), { readOnly: true });
  const source = templates().template(template);
  for (const { name, config } of wanted.filter(({ name }) => !there.includes(name))) {
    await source.clone({ name, tags: [prefix], start: true, config }, { step });
    log.info(`${name} is made`);
  }

  const known = await step('find them', () => Promise.all(wanted.map((machine) => found(machine, wait))), { readOnly: true });
  await step('wait for SSH', () => Promise.all(known.map(({ address }) => net.waitForPort(address, port, { timeout: wait }))), { readOnly: true });
  return step('set up', async () => {
    const inventory = inventoryFrom(known, { group: prefix, user, port, key, vars });
    const run = ansible().playbook(playbook).run({ inventory });
    for await (const { kind, host, task } of run) if (kind === 'changed') log.info(`${host}: ${task}`);
    const { changed, hosts } = await run;
    return { changed, hosts, machines: known.map(({ name, address }) => ({ name, address })) };
  });
}

/** Names, and addresses where they are not given by DHCP; a range that has others than those of machines is refused before anything is made. */
function machines({ count, prefix, first, gateway }) {
  if (first === undefined) {
    return Array.from({ length: count }, (_, index) => ({ name: nameOf(prefix, index), config: { ipconfig0: 'ip=dhcp', agent: 1 } }));
  }
  return addressesFrom(first, count, gateway).map(({ address, bits }, index) => ({
    name: nameOf(prefix, index),
    address,
    config: { ipconfig0: `ip=${address}/${bits}${gateway === undefined ? '' : `,gw=${gateway}`}` },
  }));
}

/** Where a machine is, and by which key it is known, as far as its agent tells. */
async function found({ name, address }, timeout) {
  if (address !== undefined) return { name, address };
  const { agent } = await proxmox().vms.get({ name });
  await agent.wait({ timeout });
  const addresses = await agent.addresses();
  const usable = addresses.find((each) => !each.includes(':')) ?? addresses[0];
  if (usable === undefined) throw new Error(`${name} has no address yet. Run this again when it has one.`);
  // Where it cannot be read, your known_hosts decides: ssh refuses a machine that it does not know.
  const hostKey = await agent.read('/etc/ssh/ssh_host_ed25519_key.pub').catch(() => undefined);
  return { name, address: usable, ...(hostKey === undefined ? {} : { hostKey: hostKey.trim() }) };
}
