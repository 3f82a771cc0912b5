// `hearth terraform install VERSION`: a Terraform or OpenTofu of Hearth's own.
import { terraform } from 'hearth:terraform';

export const recipe = {
  summary: 'Install a version of Terraform or OpenTofu.',
  description: `It comes from its maker, or from the mirror that a connection of terraform names, and is kept in Hearth’s data beside other
versions. Its checksum, and its maker’s signature of that, are checked before anything of it is unpacked. From then on the newest
that was installed is run, unless a connection names a version or a program.`,
  params: {
    version: { type: 'string', summary: 'which one, such as 1.11.4', required: true },
    opentofu: { type: 'boolean', summary: 'OpenTofu in place of Terraform', default: false },
  },
  permissions: { terraform: 'write' },
};

export default async function ({ params: { version, opentofu }, log }) {
  const { changed, ...program } = await terraform().install({ version, opentofu });
  log.info(`${program.product} ${version} is ${changed ? 'installed' : 'there already'}: ${program.folder}`);
  return { ...program, changed };
}
