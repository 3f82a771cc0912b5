// Hosts of Debian and Ubuntu made harder to get into: looked at first, asked about, then changed.
import { ansible } from 'hearth:ansible';
import { ui } from 'hearth:ui';
import { toldDifferences } from '../lib/differences.js';

export const recipe = {
  summary: 'Hardens hosts: sshd, kernel, security updates, firewall',
  description: `Runs the playbook \`harden.yml\` beside it: keys instead of passwords for SSH, kernel settings, security updates every day, and
a firewall that lets in the port of SSH and those of \`--ports\`. It shows each difference first and asks; \`--approve\` answers yes
beforehand, \`--preview\` stops after the look. A host whose user has no key in \`authorized_keys\` is left as it is.`,
  params: {
    inventory: { type: 'string', summary: 'inventory; empty: as your Ansible is configured', default: '' },
    limit: { type: 'string', summary: 'pattern of hosts; empty: all', default: '' },
    parts: {
      type: 'array',
      items: { type: 'string', enum: ['ssh', 'sysctl', 'upgrades', 'firewall'] },
      summary: 'what is hardened',
      default: ['ssh', 'sysctl', 'upgrades', 'firewall'],
    },
    ports: { type: 'array', items: { type: 'integer', minimum: 1, maximum: 65535 }, summary: 'TCP ports that stay open beside that of SSH', default: [] },
    approve: { type: 'boolean', summary: 'change without asking', default: false },
    preview: { type: 'boolean', summary: 'only tell what would change', default: false },
  },
  permissions: { ansible: 'write', read: ['harden.yml'] },
};

export default async function ({ params, step, log }) {
  const { inventory, limit, parts, ports, approve, preview } = params;
  const harden = ansible().playbook(decodeURIComponent(new URL('harden.yml', import.meta.url).pathname));
  const options = {
    diff: true,
    extraVars: { parts, ports },
    ...(inventory === '' ? {} : { inventory }),
    ...(limit === '' ? {} : { limit }),
  };

  const wouldChange = await step('look', () => toldDifferences(harden.check(options), log), { readOnly: true });
  if (!wouldChange.changed) log.info('all is as it should be');
  const goesOn = wouldChange.changed && !preview && (approve || (await ui.confirm('Change these hosts?')));
  if (!goesOn) return { changed: false, hosts: wouldChange.hosts };
  return step('harden', () => toldDifferences(harden.run(options), log));
}
