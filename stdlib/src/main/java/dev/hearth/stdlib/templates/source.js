// What a template is made of: the vendor's newest image, one's own, a file that the node has, or a disc to install from.
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
  const { like: id = wish.id, iso } = wish;
  if (iso !== undefined) return { ...fileOf(iso), content: 'iso', image: await images().get(id) };
  const { url, volid } = wish;
  if (url === undefined && volid === undefined) return newest(id);
  const image = id === undefined ? null : await images().get(id);
  return { ...fileOf(wish), image };
}

/** A file that the node has, or is to download. */
function fileOf({ url, volid, checksum, filename = url?.replace(/[?#].*/, '').split('/').pop() }) {
  if (volid !== undefined) return { volid };
  return { url, filename, checksum, algorithm: checksum?.length === 128 ? 'sha512' : 'sha256' };
}

/** Its volume on the node; the same rules as those by which Proxmox names files. */
export function volumeOf({ volid, filename, content = 'import' }, storage) {
  return volid ?? `${storage}:${content}/${filename.replace(/^.*[/\\]/, '').replace(/[^A-Za-z0-9_.-]/g, '_')}`;
}

/** As a node is told to download it. */
export const downloadOf = ({ url, filename, checksum, algorithm, content = 'import' }) => ({ url, filename, content, checksum, algorithm });
