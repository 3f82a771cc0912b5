// What nobody uses any more at an engine: told, and removed when that is asked for.
import { docker } from 'hearth:docker';

export const recipe = {
  summary: 'Removes containers that ended, and images and networks that nothing uses',
  description: `Without --remove it only tells what would go. Containers that ended are kept for a while (--older-than), and what has a label
can be kept (--keep). Volumes hold data: they go only with --volumes, and then only those without a name that nothing uses.`,
  params: {
    remove: { type: 'boolean', summary: 'remove it; without this it is only told', default: false },
    olderThan: { type: 'string', pattern: '^[0-9]+(m|h)$', summary: 'how long ago a container must have been made', default: '24h' },
    keep: { type: 'string', summary: 'label, or label=value, of what is kept', default: 'keep' },
    volumes: { type: 'boolean', summary: 'also volumes without a name that nothing uses', default: false },
  },
  permissions: { docker: 'write' },
};

const STATES = ['created', 'exited', 'dead'];

export default async function ({ params, step, log }) {
  const engine = docker();
  const kept = { 'label!': [params.keep] };

  const ended = await step('look for containers', () => endedContainers(engine, params), { readOnly: true });
  const dangling = await step('look for images', () => danglingImages(engine, params), { readOnly: true });
  for (const { name, status } of ended) log.info(`container ${name}: ${status}`);
  for (const { id } of dangling) log.info(`image ${id}`);
  const found = { containers: ended.map(({ name }) => name), images: dangling.map(({ id }) => id), reclaimedBytes: 0 };
  if (!params.remove) {
    log.info('nothing was removed; say --remove');
    return found;
  }

  const bytes = await step('containers', async () => {
    const { SpaceReclaimed } = await engine.containers.prune({ filters: { until: [params.olderThan], ...kept } });
    return SpaceReclaimed;
  });
  const more = await step('images', async () => (await engine.images.prune({ filters: kept })).reclaimedBytes);
  await step('networks', () => engine.request('POST', '/networks/prune', { params: { filters: { until: [params.olderThan], ...kept } } }));
  const last = params.volumes
    ? await step('volumes', async () => (await engine.volumes.prune({ filters: kept })).reclaimedBytes)
    : 0;
  return { ...found, reclaimedBytes: bytes + more + last };
}

async function endedContainers(engine, { olderThan, keep }) {
  const all = await engine.containers.list({ all: true, filters: { status: STATES } });
  const before = Date.now() / 1000 - seconds(olderThan);
  return all
    .filter(({ Created, Labels }) => Created < before && !isKept(Labels, keep))
    .map(({ Names, Status }) => ({ name: Names[0].replace(/^\//, ''), status: Status }));
}

async function danglingImages(engine, { keep }) {
  const all = await engine.images.list({ filters: { dangling: ['true'] } });
  return all.filter(({ Labels }) => !isKept(Labels, keep)).map(({ Id, Size }) => ({ id: Id, sizeBytes: Size }));
}

const isKept = (labels, keep) => {
  const [name, value] = keep.split('=', 2);
  const has = labels?.[name];
  return has !== undefined && (value === undefined || has === value);
};

const seconds = (text) => Number(text.slice(0, -1)) * (text.endsWith('h') ? 3600 : 60);
