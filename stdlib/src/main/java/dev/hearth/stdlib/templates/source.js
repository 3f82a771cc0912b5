// The image that a template is made of: the vendor's newest, one's own, or a file that the node has.
import { images } from 'hearth:images';
import { imagePacked } from 'hearth:binding/templates/refusals';

/** What nobody can import as it is, is told before anything is made. */
async function newest(id) {
  const entry = await images().get(id);
  return entry.delivery === 'import' ? images().latest(id) : imagePacked(entry);
}

/** Its address, its checksum and what the catalogue knows of it; `image` is null where that knows nothing. */
export async function sourceOf(wished = {}) {
  const wish = typeof wished === 'string' ? { id: wished } : wished;
  const { url, volid, checksum, like: id = wish.id } = wish;
  if (url === undefined && volid === undefined) return newest(id);
  const image = id === undefined ? null : await images().get(id);
  if (volid !== undefined) return { volid, image };
  const filename = wish.filename ?? url.replace(/[?#].*/, '').split('/').pop();
  const algorithm = checksum?.length === 128 ? 'sha512' : 'sha256';
  return { url, filename, checksum, algorithm, image };
}

/** Its volume on the node; the same rules as those by which Proxmox names files. */
export function volumeOf({ volid, filename }, storage) {
  return volid ?? `${storage}:import/${filename.replace(/^.*[/\\]/, '').replace(/[^A-Za-z0-9_.-]/g, '_')}`;
}

/** As a node is told to download it. */
export const downloadOf = ({ url, filename, checksum, algorithm }) => ({ url, filename, content: 'import', checksum, algorithm });
