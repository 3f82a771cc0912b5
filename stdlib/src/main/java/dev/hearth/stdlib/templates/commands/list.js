// `hearth templates list`: what templates can be built of.
import { images } from 'hearth:images';

export const recipe = {
  summary: 'List the distributions that templates can be built of.',
  description: `What the catalogue of this Hearth knows; nobody is asked. Images that get no updates any more are left out unless
they are asked for with --status or --all. What you have in images.json in Hearth’s config folder is among
them, with the origin user, in the place of what has the same id and ships with Hearth.`,
  params: {
    family: { type: 'string', summary: 'only this family, such as debian' },
    release: { type: 'string', summary: 'only this release, or its codename' },
    architecture: { type: 'string', enum: ['amd64', 'arm64'], summary: 'only what there is for this' },
    status: {
      type: 'string',
      enum: ['supported', 'extended', 'end-of-life', 'rolling'],
      summary: 'only with this status',
    },
    packageManager: { type: 'string', summary: 'only with this, such as apt' },
    firmware: { type: 'string', enum: ['bios', 'uefi'], summary: 'only what starts with this' },
    all: { type: 'boolean', summary: 'also what gets no updates any more', default: false },
    own: { type: 'string', summary: 'a JSON file with images of your own' },
  },
  permissions: { images: 'read' },
};

export default async function ({ params: { all, own, ...filter } }) {
  const found = await images(own && { file: own }).list(filter);
  const isWanted = ({ status }) => all || filter.status !== undefined || status !== 'end-of-life';
  return found
    .filter(isWanted)
    .map(({ id, name, status, endOfLife, extendedUntil, user, packageManager, firmware, origin }) => ({
      id,
      name,
      status,
      until: status === 'extended' ? extendedUntil : endOfLife,
      user,
      packages: packageManager,
      firmware: firmware.join(' '),
      origin,
    }));
}
