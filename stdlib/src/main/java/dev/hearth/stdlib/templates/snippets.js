// Vendor data as files on a node: Proxmox reads them, but takes none through its API.
import { log } from 'hearth:binding';
import { ssh } from 'hearth:ssh';
import { noSnippetPath } from 'hearth:binding/templates/refusals';
import { vmsWith } from 'hearth:binding/templates/versions';

/** What Hearth calls the vendor data of a build. */
export const snippetName = (name, build) => `hearth-${name}-${build.slice(0, 8)}.yaml`;

/** Whether a mark names the file of its own version. Whoever may change a VM's notes could name any other there. */
const isOwn = ({ name, build, snippet: { volid, host } }) => {
  const [storage, file] = String(volid).split(':snippets/');
  return typeof host === 'string' && /^[A-Za-z][A-Za-z0-9_.-]*$/.test(storage) && file === snippetName(name, build);
};

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

  /** Machines other than this one that are set up with it: clones name it, and without it none of them starts any more. */
  const usersOf = (volid, own) => vmsWith(pve, ({ vmid }) => vmid !== own, ({ cicustom }) => cicustom?.includes(volid));

  return {
    write,
    remove,
    /** Removes the snippet that a version's mark names, if it has one that no other machine needs. */
    async removeOf({ vmid, mark }) {
      const { snippet } = mark;
      if (!snippet) return;
      if (!isOwn(mark)) {
        log.warn(`the notes of VM ${vmid} name a file that is not its own, and that stays: ${snippet.volid}`);
        return;
      }
      const users = await usersOf(snippet.volid, vmid);
      if (users.length === 0) await remove(snippet);
      else log.info(`${snippet.volid} stays, as machines are set up with it: ${users.join(', ')}`);
    },
  };
}
