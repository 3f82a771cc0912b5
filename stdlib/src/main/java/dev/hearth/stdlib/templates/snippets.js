// Vendor data as files on a node: Proxmox reads them, but takes none through its API.
import { ssh } from 'hearth:ssh';
import { noSnippetPath } from 'hearth:binding/templates/refusals';

/** The snippets of one connection. `where` names a storage and the host, for hearth:ssh, on which its folder is. */
export function snippetFiles({ pve }) {
  const fileOf = async (volid) => {
    const [storage, name] = volid.split(':snippets/');
    const { path } = await pve.request('GET', `/storage/${storage}`);
    return typeof path === 'string' ? `${path}/snippets/${name}` : noSnippetPath(storage);
  };

  const write = async ({ volid, host }, text) => {
    await ssh(host).write(await fileOf(volid), text);
    return volid;
  };

  const remove = async ({ volid, host }) => {
    await ssh(host).remove(await fileOf(volid));
  };

  return {
    write,
    remove,
    /** The snippet that a version's mark names, if it has one. */
    removeOf: (mark) => (mark.snippet ? remove(mark.snippet) : undefined),
  };
}
