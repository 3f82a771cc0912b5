// A private registry in a container: who may use it, its certificate, where it keeps images, and its tidying.
import { docker } from 'hearth:docker';
import { fs } from 'hearth:fs';

export const recipe = {
  summary: 'A private registry with a user and TLS',
  description: `Runs Distribution's registry on the default Docker engine, or brings it to what is said here: run twice, the second
changes nothing, and images stay when it is made anew. Certificate and key are files of this machine: allow them with --allow-read.`,
  params: {
    name: { type: 'string', summary: 'name of the container and of the volume for the images', default: 'registry' },
    image: { type: 'string', summary: 'image of Distribution, 2 or 3', default: 'registry:3' },
    port: { type: 'integer', minimum: 1, maximum: 65535, summary: 'port of the host', default: 5000 },
    address: { type: 'string', summary: 'address of the host to listen at; absent: all of them' },
    username: { type: 'string', summary: 'who may use it; absent: everybody' },
    password: { type: 'string', secret: true, summary: 'the password of that user' },
    certificate: { type: 'string', summary: 'file of the certificate, with those that lead to its authority' },
    key: { type: 'string', summary: 'file of its private key' },
    readOnly: { type: 'boolean', summary: 'take no images', default: false },
    collectGarbage: { type: 'boolean', summary: 'stop it and delete what no tag leads to', default: false },
  },
  permissions: { docker: 'write' },
};

export default async function ({ params, step, log }) {
  const { name, image, port, address, username, password, certificate, key, readOnly } = params;
  if ((username === undefined) !== (password === undefined)) throw new Error('A user needs both --username and --password.');
  if ((certificate === undefined) !== (key === undefined)) throw new Error('TLS needs both --certificate and --key.');

  const server = docker().registryServer(name);
  const { changed, changes } = await step('run the registry', async () =>
    server.ensure({
      image,
      port,
      readOnly,
      ...(address === undefined ? {} : { address }),
      ...(username === undefined ? {} : { users: { [username]: password } }),
      ...(certificate === undefined ? {} : { tls: { certificate: await fs.read(certificate), key: await fs.read(key) } }),
    }),
  );
  const deleted = params.collectGarbage
    ? (await step('collect garbage', () => server.collectGarbage({ untagged: true }))).deleted.length
    : 0;
  log.info(`the registry ${name} ${changed ? 'was brought up to date' : 'is as it should be'}`, { port, deleted });
  return { name, port, changed, changes, deleted };
}
