// A container that answers, kept as it is said to be: the smallest thing to begin with.
import { docker } from 'hearth:docker';

export const recipe = {
  summary: 'Keeps a small web server running in a container',
  description: `Makes the container, or changes it where it differs from what is asked for; run again, it changes nothing. When it does not
stay up, what it said is shown, and a container that was not there before is removed.`,
  params: {
    name: { type: 'string', pattern: '^[a-zA-Z0-9][a-zA-Z0-9_.-]+$', summary: 'name of the container', default: 'whoami' },
    image: { type: 'string', summary: 'image to run', default: 'traefik/whoami:v1.10' },
    command: { type: 'array', items: { type: 'string' }, summary: 'what to run in place of the program of the image', default: [] },
    port: { type: 'integer', minimum: 1, maximum: 65535, summary: 'port of the host', default: 8080 },
    target: { type: 'integer', minimum: 1, maximum: 65535, summary: 'port that the program listens on', default: 80 },
    address: { type: 'string', summary: 'address of the host to listen on', default: '127.0.0.1' },
    memory: { type: 'integer', unit: 'MiB', minimum: 6, summary: 'memory limit', default: 64 },
  },
  permissions: { docker: 'write' },
  onError: 'undo',
};

export default async function ({ params, step, log }) {
  const { name, address, port, target } = params;
  const web = docker().container(name);
  const spec = {
    name,
    image: params.image,
    ...(params.command.length > 0 ? { command: params.command } : {}),
    ports: [`${address}:${port}:${target}`],
    restart: 'unless-stopped',
    mem_limit: `${params.memory}m`,
    memswap_limit: `${params.memory}m`,
    read_only: true,
    cap_drop: ['ALL'],
    cap_add: ['NET_BIND_SERVICE'],
    security_opt: ['no-new-privileges:true'],
  };

  const wasThere = await step('look', async () => (await docker().containers.find(name)) !== null, { readOnly: true });
  const { changed, changes } = await step(
    'container',
    async () => {
      const { changed, changes } = await docker().containers.ensure(spec);
      return { changed, changes };
    },
    { undo: () => (wasThere ? undefined : web.remove({ force: true, volumes: true })) },
  );
  await step('stays up', () => staysUp(web), { readOnly: true });

  log.info(changed ? `${name}: ${changes.join(', ')}` : `${name} is as it should be`);
  return { name, url: `http://${address}:${port}`, changed };
}

/** A program that cannot run ends at once, and its restarts are counted. */
async function staysUp(web) {
  await new Promise((done) => setTimeout(done, 1500));
  const { State, RestartCount } = await web.inspect();
  if (State.Running && !State.Restarting && RestartCount === 0) return;
  const said = (await web.logs({ tail: 5 })).join('\n');
  throw new Error(`${web.name} does not stay up; it ended with status ${State.ExitCode} and said:\n${said}`);
}
