// `hearth templates show NAME`: all that is known of one distribution's image.
import { images } from 'hearth:images';

export const recipe = {
  summary: 'Show what is known of a distribution’s image.',
  description: `Where it is, who logs in, what it needs and what is different about it. With --latest its vendor is asked for the
newest build and its checksum. Its origin is shipped, user for what you have in images.json in Hearth’s config folder, or
recipe with --own; overrides tells the origin of the image in whose place it stands.`,
  params: {
    name: { type: 'string', summary: 'an id such as debian-13, an alias, or a family for its newest release', required: true },
    latest: { type: 'boolean', summary: 'ask the vendor for the newest build', default: false },
    architecture: { type: 'string', enum: ['amd64', 'arm64'], summary: 'of the newest build', default: 'amd64' },
    own: { type: 'string', summary: 'a JSON file with images of your own' },
  },
  permissions: { images: 'read' },
};

export default async function ({ params: { name, latest, architecture, own } }) {
  const catalogue = images(own && { file: own });
  if (!latest) return catalogue.get(name);
  const { image, ...build } = await catalogue.latest(name, { architecture });
  return { ...image, build };
}
