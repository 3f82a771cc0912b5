// A Compose project, brought up after saying what will change.
import { docker } from 'hearth:docker';

export const recipe = {
  summary: 'Brings a Compose project up, and says before what will change',
  description: `Reads the Compose file, says which containers are made, made anew, started or removed, and does it. Docker's Compose plug-in does it
where the recipe is allowed to run \`docker\`; else the engine alone. A project that was not there before is taken down again when it
does not get ready; of one that was there, nothing is taken away.`,
  params: {
    path: { type: 'string', summary: 'Compose file, or the folder that it is in', default: '.' },
    project: { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]*$', summary: 'name of the project, if not that of the file or folder' },
    profiles: { type: 'array', items: { type: 'string' }, summary: 'profiles that are on', default: [] },
    build: { type: 'boolean', summary: 'build images that are there, too', default: false },
    removeOrphans: { type: 'boolean', summary: 'remove containers of services that are not in the file any more', default: false },
    patience: { type: 'string', pattern: '^[0-9]+(s|m|h)$', summary: 'how long services may take to be ready', default: '5m' },
    plan: { type: 'boolean', summary: 'only say what would change', default: false },
  },
  permissions: { docker: 'write' }, // and `--allow-read` of the folder
  onError: 'undo',
};

export default async function ({ params, step, log }) {
  const { path, project, profiles, build, removeOrphans, patience } = params;
  const stack = docker().compose(path, { ...(project === undefined ? {} : { project }), profiles });

  const { name, isNew, work } = await step('plan', () => planned(stack, removeOrphans), { readOnly: true });
  for (const { action, container, because } of work) log.info(`${action} ${container}: ${because}`);
  if (work.length === 0 && !build) log.info(`${name} is as the file has it`);
  if (params.plan) return { project: name, changed: false, planned: work.length };

  const { changed } = await step(
    'up',
    async () => {
      try {
        return { changed: (await stack.up({ build, removeOrphans, timeout: patience })).changed };
      } catch (error) {
        if (isNew) await stack.down(); // a step that fails has to leave nothing itself
        throw error;
      }
    },
    {
      undo: async () => {
        if (isNew) await stack.down();
        else log.warn(`${name} was there before and is left as it is now`);
      },
    },
  );
  return { project: name, changed, planned: work.length };
}

/** What `up` will do, and whether anything of the project is there. */
async function planned(stack, removeOrphans) {
  const { project, steps } = await stack.plan({ removeOrphans });
  return {
    name: project,
    isNew: (await stack.ps()).length === 0,
    work: steps.filter(({ action }) => action !== 'keep'),
  };
}
