// hearth:templates: templates of a Proxmox VE, from a catalogue's image to what is cloned.
import { blaming } from 'hearth:binding';
import { documents } from 'hearth:binding/templates/cloudinit';
import { imageNamed, specificationOf } from 'hearth:binding/templates/spec';
import { images } from 'hearth:images';

const { freeze } = Object;

/** The entry of the catalogue that a wish is about; `null` for an image that nobody knows. */
const imageOf = async (wish) => {
  const name = imageNamed(wish);
  return name === null ? null : images().get(name);
};

/** The templates of a Proxmox VE: of the default connection, a named one, or one that is spelled out. */
export function templates() {
  return freeze({
    images: (filter) => images().list(filter),
    specification: (wish) => blaming(async () => specificationOf(wish, await imageOf(wish))),
    documents: (wish) =>
      blaming(async () => {
        const image = await imageOf(wish);
        return documents(await specificationOf(wish, image), image);
      }),
  });
}
