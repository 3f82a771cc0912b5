// `hearth terraform remove VERSION`: a version that Hearth installed goes.
import { terraform } from 'hearth:terraform';

export const recipe = {
  summary: 'Remove a version of Terraform or OpenTofu that was installed by Hearth.',
  params: {
    version: { type: 'string', summary: 'which one, as `hearth terraform list` shows it', required: true },
    opentofu: { type: 'boolean', summary: 'OpenTofu in place of Terraform', default: false },
  },
  permissions: { terraform: 'write' },
};

export default async function ({ params: { version, opentofu }, log }) {
  const removed = await terraform().uninstall(version, { opentofu });
  log.info(`${opentofu ? 'opentofu' : 'terraform'} ${version} ${removed ? 'is removed' : 'was not installed'}`);
  return { version, removed };
}
