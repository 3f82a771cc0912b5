// A playbook of your own, looked at first, then run, with what it changed by host.
import { ansible } from 'hearth:ansible';
import { toldDifferences } from '../lib/differences.js';

export const recipe = {
  summary: 'Runs a playbook and tells what it changed',
  description: `Runs it in check mode first and shows the differences; with \`--preview\` that is all. Where nothing would change, it is not run. A task
that fails is named with its file and line.`,
  params: {
    playbook: { type: 'string', summary: 'path of the playbook, from the current folder on', default: 'site.yml' },
    limit: { type: 'string', summary: 'pattern of hosts; empty: all', default: '' },
    tags: { type: 'array', items: { type: 'string' }, summary: 'only tasks with one of these tags', default: [] },
    preview: { type: 'boolean', summary: 'only tell what would change', default: false },
  },
  permissions: { ansible: 'write' },
};

export default async function ({ params, step, log }) {
  const site = ansible().playbook(params.playbook);
  const options = {
    diff: true,
    ...(params.limit === '' ? {} : { limit: params.limit }),
    ...(params.tags.length === 0 ? {} : { tags: params.tags }),
  };

  const wouldChange = await step('look', () => toldDifferences(site.check(options), log), { readOnly: true });
  if (params.preview || !wouldChange.changed) {
    log.info(wouldChange.changed ? 'it would change what stands above' : 'all is as it should be');
    return { changed: false, hosts: wouldChange.hosts };
  }
  const { changed, hosts } = await step('run', () => toldDifferences(site.run(options), log));
  for (const [host, counts] of Object.entries(hosts)) log.info(`${host}: ${counts.ok} ok, ${counts.changed} changed`);
  return { changed, hosts };
}
