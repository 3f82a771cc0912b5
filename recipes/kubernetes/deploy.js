// A program in a cluster: rolled out, or as it was before when that fails.
import { kubernetes } from 'hearth:kubernetes';

export const recipe = {
  summary: 'Rolls an image out, and back when it does not become ready',
  description: `Makes or changes a Deployment, and a Service when a port is given, and waits until all pods are ready. When they do not become
ready in time, what was there before is rolled out again; what was not there before is removed.`,
  params: {
    name: { type: 'string', pattern: '^[a-z]([a-z0-9-]{0,50}[a-z0-9])?$', summary: 'name of the deployment' },
    image: { type: 'string', summary: 'image to run, such as registry.lan/shop:1.4' },
    namespace: { type: 'string', summary: 'where it runs', default: 'default' },
    replicas: { type: 'integer', minimum: 0, maximum: 1000, summary: 'how many pods', default: 1 },
    port: { type: 'integer', minimum: 0, maximum: 65535, summary: 'port that a service leads to; 0 for none', default: 0 },
    command: { type: 'array', items: { type: 'string' }, summary: 'what to run in place of the program of the image', default: [] },
    patience: { type: 'string', pattern: '^[0-9]+(s|m|h)$', summary: 'how long pods may take to be ready', default: '5m' },
  },
  permissions: { kubernetes: 'write' },
  onError: 'undo',
};

export default async function ({ params, step, log }) {
  const k8s = kubernetes();
  const { name, namespace, patience } = params;
  const web = k8s.deployment(name, { namespace });
  const labels = { 'app.kubernetes.io/name': name };

  const before = await step('look at what runs', async () => await previous(web), { readOnly: true });
  const { changed } = await step('change the deployment', async () => ({ changed: (await web.ensure(deployment(params, labels))).changed }), {
    undo: () => (before === null ? web.delete({ wait: false }) : web.undo({ revision: before, timeout: patience })),
  });
  await step('wait for its pods', async () => void (await web.waitFor('ready', { timeout: patience })));
  if (params.port > 0) {
    const spec = { selector: labels, ports: [{ port: params.port, targetPort: params.port }] };
    await step('service', async () => ({ changed: (await k8s.service(name, { namespace }).ensure({ spec })).changed }));
  }
  log.info(changed ? `${name} runs ${params.image}` : `${name} ran ${params.image} already`);
  return { name, namespace, changed };
}

/** The revision that is rolled out, if there is one. */
async function previous(web) {
  if ((await web.find({ select: ['metadata.name'] })) === null) return null;
  return (await web.history()).find(({ current }) => current)?.revision ?? null;
}

const deployment = ({ name, image, replicas, port, command }, labels) => ({
  spec: {
    replicas,
    minReadySeconds: 3, // a program that ends at once is ready for a moment, too
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        containers: [
          {
            name,
            image,
            ...(command.length > 0 ? { command } : {}),
            ...(port > 0 ? { ports: [{ containerPort: port }], readinessProbe: { tcpSocket: { port }, periodSeconds: 2 } } : {}),
          },
        ],
      },
    },
  },
});
