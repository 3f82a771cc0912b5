// hearth:proxmox: the shape that recipes use, in pieces by what they are about; everything else is Java.
import { handles } from 'hearth:binding';
import { access } from 'hearth:binding/proxmox/access';
import { backups } from 'hearth:binding/proxmox/backups';
import { cluster } from 'hearth:binding/proxmox/cluster';
import { guests } from 'hearth:binding/proxmox/guests';
import { kitOf, quoted } from 'hearth:binding/proxmox/kit';
import { nodes } from 'hearth:binding/proxmox/nodes';
import { pools } from 'hearth:binding/proxmox/pools';
import { rawDoor } from 'hearth:binding/proxmox/raw';

/** How handles are made again from their names, as after a resume. */
const mark = handles('proxmox', {
  connection: ({ connection }) => proxmox(connection),
  task: ({ connection, upid }) => proxmox(connection).task(upid),
  vm: ({ connection, ...at }) => proxmox(connection).vm(at),
  ct: ({ connection, ...at }) => proxmox(connection).ct(at),
  ctSnapshot: ({ connection, snapshot, ...at }) => proxmox(connection).ct(at).snapshot(snapshot),
  snapshot: ({ connection, snapshot, ...at }) => proxmox(connection).vm(at).snapshot(snapshot),
  node: ({ connection, node }) => proxmox(connection).node(node),
  storage: ({ connection, storage, node }) => proxmox(connection).storage(storage, { node }),
  user: ({ connection, userid }) => proxmox(connection).user(userid),
  token: ({ connection, token }) => proxmox(connection).token(token),
  group: ({ connection, groupid }) => proxmox(connection).group(groupid),
  role: ({ connection, roleid }) => proxmox(connection).role(roleid),
  pool: ({ connection, poolid }) => proxmox(connection).pool(poolid),
  backup: ({ connection, ...at }) => proxmox(connection).backup(at),
  backupJob: ({ connection, id }) => proxmox(connection).backupJob(id),
});

/** A Proxmox VE: the default connection, a named one, or one that is spelled out. */
export function proxmox(connection) {
  const kit = kitOf(connection, mark);
  const { handle, read, task } = kit;
  const ofGuests = guests(kit, (...what) => ofBackups.backup(...what));
  const ofBackups = backups(kit, ofGuests);

  /** Without the credentials of a connection that is spelled out. */
  const spelled = () =>
    typeof connection === 'object' ? `{ url: ${quoted(connection?.url)} }` : quoted(connection);
  return handle('connection', {}, () => `proxmox(${connection === undefined ? '' : spelled()})`, {
    version: () => read(['version']),
    ...nodes(kit),
    ...access(kit),
    ...pools(kit),
    ...ofGuests,
    ...ofBackups,
    ...cluster(kit),
    task,
    ...rawDoor(kit),
    toJSON: () => ({ proxmox: typeof connection === 'object' ? connection?.url : (connection ?? '') }),
  });
}
