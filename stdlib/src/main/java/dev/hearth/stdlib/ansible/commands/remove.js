// `hearth ansible remove VERSION`: an Ansible that Hearth installed goes.
import { ansible } from 'hearth:ansible';

export const recipe = {
  summary: 'Remove an Ansible that was installed by Hearth.',
  params: { version: { type: 'string', summary: 'its version, as `hearth ansible list` shows it', required: true } },
  permissions: { ansible: 'write' },
};

export default async function ({ params: { version }, log }) {
  const removed = await ansible().uninstall(version);
  log.info(`ansible-core ${version} ${removed ? 'is removed' : 'was not installed'}`);
  return { version, removed };
}
