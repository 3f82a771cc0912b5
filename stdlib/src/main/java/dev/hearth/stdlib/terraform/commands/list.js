// `hearth terraform list`: the versions that Hearth installed.
import { terraform } from 'hearth:terraform';

export const recipe = {
  summary: 'List the versions of Terraform and OpenTofu that were installed by Hearth.',
  description: 'The one that comes first is the one that is run unless a connection names a version or a program.',
  permissions: { terraform: 'read' },
};

export default async () => (await terraform().installed()).map(({ product, version, installed, folder }) => ({ product, version, installed, folder }));
