// hearth:templates: templates of a Proxmox VE, from a catalogue's image to what is cloned.
import { images } from 'hearth:images';

const { freeze } = Object;

/** The templates of a Proxmox VE: of the default connection, a named one, or one that is spelled out. */
export function templates() {
  return freeze({
    images: (filter) => images().list(filter),
  });
}
