// What a template is made of: the vendor's newest image, one's own, a file that the node has, or a disc to install from.
import { imagePacked } from 'hearth:binding/templates/refusals';

/** Finds what a specification's image comes from, with what a catalogue knows. */
export function finder(catalogue) {
  /** What nobody can import as it is, is told before anything is made. */
  const newest = async (id) => {
    const entry = await catalogue.get(id);
    return entry.delivery === 'import' ? catalogue.latest(id) : imagePacked(entry);
  };

  /** Its address, its checksum and what the catalogue knows of it; `image` is null where that knows nothing. */
  return async ({ id, url, volid, filename, checksum, algorithm, installer }) => {
    if (url === null && volid === null) return newest(id);
    return {
      ...(volid === null ? { url, filename, checksum, algorithm } : { volid }),
      ...(installer !== null && { content: 'iso' }),
      image: id === null ? null : await catalogue.get(id),
    };
  };
}

/** Its volume on the node; the same rules as those by which Proxmox names files. */
export function volumeOf({ volid, filename, content = 'import' }, storage) {
  return volid ?? `${storage}:${content}/${filename.replace(/^.*[/\\]/, '').replace(/[^A-Za-z0-9_.-]/g, '_')}`;
}

/** As a node is told to download it. */
export const downloadOf = ({ url, filename, checksum, algorithm, content = 'import' }) => ({ url, filename, content, checksum, algorithm });
