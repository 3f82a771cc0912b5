// `hearth ansible list`: the Ansibles that Hearth installed.
import { ansible } from 'hearth:ansible';

export const recipe = {
  summary: 'List the Ansibles that were installed by Hearth.',
  description: 'The newest comes first, and is the one that runs playbooks unless a connection names a version or a program.',
  permissions: { ansible: 'read' },
};

export default async () =>
  (await ansible().installed()).map(({ version, python, packages, folder }) => ({ version, python, packages: packages.length, folder }));
