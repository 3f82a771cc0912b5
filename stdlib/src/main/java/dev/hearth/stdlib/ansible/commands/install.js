// `hearth ansible install`: an Ansible of Hearth's own, in a virtual environment.
import { ansible } from 'hearth:ansible';

export const recipe = {
  summary: 'Install an Ansible in a virtual environment of its own.',
  description: `Your newest fitting Python makes the environment, in Hearth’s data, and its pip gets ansible-core from where your pip is
configured to, or --index. What came is kept with its hashes in requirements.lock; --locked installs exactly what such a file says.
From then on playbooks are run by the newest that was installed, unless a connection names a version or a program.`,
  params: {
    version: { type: 'string', summary: 'version of ansible-core; default: the newest that your Python runs', examples: ['2.19.11'] },
    with: { type: 'array', items: { type: 'string' }, summary: 'more packages, each as NAME==VERSION', default: [] },
    locked: { type: 'string', summary: 'file of requirements with hashes: exactly these' },
    index: { type: 'string', summary: 'URL of an index of packages; default: as your pip is configured' },
    sources: { type: 'boolean', summary: 'also take archives of sources, whose code is run', default: false },
  },
  permissions: { ansible: 'write' },
};

export default async function ({ params, log }) {
  const { version, changed, python, folder, packages } = await ansible().install(params);
  log.info(`ansible-core ${version} is ${changed ? 'installed' : 'there already'}, with Python ${python}: ${folder}`);
  return { version, python, folder, changed, packages: packages.map(({ name, version }) => `${name}==${version}`) };
}
