// Containers whose image has become newer at its registry are made again of it, as they were.
import { docker } from 'hearth:docker';
import { sleep } from 'hearth:time';

export const recipe = {
  summary: 'Updates containers whose image has a newer build',
  description: `Pulls the image of each container that runs, and where it has become another, makes the container again with
the same configuration. The old one is stopped and kept under another name until all new ones are healthy; when one does not
become so, all are put back.`,
  params: {
    names: { type: 'array', items: { type: 'string' }, summary: 'only these containers', default: [] },
    label: { type: 'string', summary: 'only containers with this label, such as com.example.update=yes' },
    check: { type: 'boolean', summary: 'only say what has an update', default: false },
    patience: { type: 'integer', unit: 's', minimum: 1, summary: 'how long a new one may take to be healthy', default: 60 },
  },
  permissions: { docker: 'write' },
  onError: 'undo',
};

const OLD = '-before-update';

export default async function ({ params, step, log }) {
  const it = docker();
  const outdated = await step('look for newer images', () => newer(it, params, log));
  if (params.check || outdated.length === 0) {
    log.info(outdated.length === 0 ? 'all containers are of the newest images' : `${outdated.length} can be updated`);
    return { updated: [], outdated: outdated.map(({ name }) => name) };
  }

  for (const { name, was, image } of outdated) {
    await step(`update ${name}`, () => replace(it, { name, was, image }, params.patience), {
      find: async () => ((await it.containers.find(name))?.Id === was ? undefined : await backUp(it, name)),
      undo: () => putBack(it, name),
    });
    log.info(`${name} is updated`);
  }
  for (const { name } of outdated) {
    await step(`remove the old ${name}`, () => it.container(name + OLD).remove({ force: true }), {
      find: async () => ((await it.containers.find(name + OLD)) === null ? {} : undefined),
    });
  }
  return { updated: outdated.map(({ name }) => name), outdated: [] };
}

/** The containers whose image is another than the one that its name leads to now; no more, since the journal keeps it. */
async function newer(it, { names, label }, log) {
  const filters = label === undefined ? undefined : { label: [label] };
  const running = (await it.containers.list({ filters })).map(({ Names }) => Names[0].replace(/^\//, ''));
  const missing = names.filter((name) => !running.includes(name));
  if (missing.length > 0) throw new Error(`No container ${missing.join(', ')} runs here.`);

  const found = [];
  for (const name of names.length > 0 ? names : running) {
    const was = await it.containers.get(name);
    const why = unfit(was);
    if (why !== undefined) {
      log.info(`${name} is left alone: ${why}`);
      continue;
    }
    const pulled = await pull(it, was.Config.Image, log);
    if (pulled !== null && pulled.Id !== was.Image) {
      found.push({ name, was: was.Id, image: was.Image });
    }
  }
  return found;
}

/** Why a container cannot be made again, or not from anything newer. */
function unfit({ Config, HostConfig }) {
  if (HostConfig.AutoRemove) return 'it is gone when it stops';
  if (/@sha256:|^(sha256:)?[0-9a-f]{64}$/.test(Config.Image)) return 'its image is one for ever';
  return undefined;
}

async function pull(it, image, log) {
  try {
    return await it.images.pull(image);
  } catch (error) {
    if (!['docker.image-not-in-registry', 'docker.pull-failed'].includes(error.code)) throw error;
    log.warn(`${image} is left alone: ${error.message}`);
    return null;
  }
}

const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** What the container itself says, without what its image said: of that, the new image decides. */
function madeAgain(was, image) {
  const own = {};
  for (const [field, value] of Object.entries(was.Config)) {
    if (!same(value, image.Config?.[field])) own[field] = value;
  }
  if (own.Env) own.Env = own.Env.filter((each) => !(image.Config?.Env ?? []).includes(each));
  if (own.Labels) own.Labels = without(own.Labels, image.Config?.Labels ?? {});
  if (was.Id.startsWith(own.Hostname)) delete own.Hostname; // as the engine named it
  own.Image = was.Config.Image;

  const networks = Object.entries(was.NetworkSettings.Networks ?? {}).map(([network, at]) => [network, endpoint(at, was.Id)]);
  const hasOwn = !/^(container:|host$|none$)/.test(was.HostConfig.NetworkMode);
  // The network of its mode comes with the container; engines before API 1.44 take only one at that time.
  const mode = was.HostConfig.NetworkMode === 'default' ? 'bridge' : was.HostConfig.NetworkMode;
  const first = networks.find(([network]) => network === mode) ?? networks[0];
  return {
    body: {
      ...own,
      HostConfig: { ...was.HostConfig, Binds: binds(was) },
      ...(hasOwn && first && { NetworkingConfig: { EndpointsConfig: Object.fromEntries([first]) } }),
    },
    more: hasOwn ? networks.filter((each) => each !== first) : [],
  };
}

const without = (labels, others) => Object.fromEntries(Object.entries(labels).filter(([key, value]) => others[key] !== value));

const endpoint = ({ IPAMConfig, Links, DriverOpts, Aliases }, id) => ({
  IPAMConfig,
  Links,
  DriverOpts,
  Aliases: (Aliases ?? []).filter((alias) => !id.startsWith(alias)),
});

/** With the volumes that have no name of their own, whose content would be left behind. */
function binds({ HostConfig, Mounts }) {
  const said = HostConfig.Binds ?? [];
  const known = [...said.map((bind) => bind.split(':')[1]), ...(HostConfig.Mounts ?? []).map(({ Target }) => Target)];
  const unnamed = Mounts.filter(({ Type, Destination }) => Type === 'volume' && !known.includes(Destination));
  return [...said, ...unnamed.map(({ Name, Destination, RW }) => `${Name}:${Destination}${RW ? '' : ':ro'}`)];
}

/** A step that fails is not undone by the run, so it puts back what it moved itself. */
async function replace(it, old, patience) {
  try {
    return await make(it, old, patience);
  } catch (error) {
    await putBack(it, old.name);
    throw error;
  }
}

async function make(it, { name, was, image }, patience) {
  const { body, more } = madeAgain(await it.containers.get(was), await it.images.get(image));
  const old = it.container(name);
  await old.stop();
  await old.rename(name + OLD);
  await it.request('POST', '/containers/create', { params: { name }, body });
  for (const [network, config] of more) {
    await it.request('POST', `/networks/${network}/connect`, { body: { Container: name, EndpointConfig: config } });
  }
  await it.container(name).start();
  return await healthy(it, name, patience);
}

/** Waits until its health check says so; without one, until it has run for three seconds. */
async function healthy(it, name, patience) {
  for (let seconds = 0; ; seconds++) {
    const { Id, State, RestartCount } = await it.containers.get(name);
    const state = State.Health?.Status ?? (State.Running ? 'running' : State.Status);
    if (state === 'healthy' || (state === 'running' && seconds >= 3)) return { id: Id };
    if (!State.Running || RestartCount > 0 || state === 'unhealthy' || seconds >= patience) {
      throw new Error(`The new ${name} is ${state} (exit code ${State.ExitCode}).`);
    }
    await sleep('1s');
  }
}

/** What a run that goes on finds of an update that was begun: a new one that runs, or the old one back in its place. */
async function backUp(it, name) {
  const now = await it.containers.find(name);
  if (now?.State.Running && (await it.containers.find(name + OLD)) !== null) return { id: now.Id };
  await putBack(it, name);
  return undefined;
}

/** The old one in its place, as far as it was moved from there. */
async function putBack(it, name) {
  if ((await it.containers.find(name + OLD)) !== null) {
    if ((await it.containers.find(name)) !== null) await it.container(name).remove({ force: true });
    await it.container(name + OLD).rename(name);
  }
  await it.container(name).start();
}
