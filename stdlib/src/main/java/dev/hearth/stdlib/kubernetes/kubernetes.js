// hearth:kubernetes: the shape that recipes use, in pieces by what they are about; everything else is Java.
import { handles } from 'hearth:binding';
import { helm } from 'hearth:binding/kubernetes/helm';
import { kitOf, quoted } from 'hearth:binding/kubernetes/kit';
import { manifests } from 'hearth:binding/kubernetes/manifests';
import { nodes, top } from 'hearth:binding/kubernetes/nodes';
import { objects } from 'hearth:binding/kubernetes/objects';
import { events, logsOf, pods } from 'hearth:binding/kubernetes/pods';
import { rawDoor } from 'hearth:binding/kubernetes/raw';
import { rollouts } from 'hearth:binding/kubernetes/rollouts';
import { secrets } from 'hearth:binding/kubernetes/secrets';

/** How handles are made again from their names, as after a resume. */
const mark = handles('kubernetes', {
  connection: ({ connection }) => kubernetes(connection),
  object: ({ connection, kind, name, namespace }) => kubernetes(connection).kind(kind).named(name, { namespace }),
});

/** A cluster: the default connection, a stored one or a context of the kubeconfig, or one that is spelled out. */
export function kubernetes(connection) {
  const kit = kitOf(connection, mark);
  const { handle } = kit;

  /** Without the credentials of a connection that is spelled out. */
  const spelled = () =>
    typeof connection === 'object' ? `{ server: ${quoted(connection?.server)} }` : quoted(connection);
  return handle('connection', {}, () => `kubernetes(${connection === undefined ? '' : spelled()})`, {
    ...objects(kit, [secrets(kit), pods(kit), rollouts(kit), nodes(kit), events(kit)]),
    ...manifests(kit),
    ...helm(kit),
    logs: logsOf(kit, {}),
    top: top(kit),
    ...rawDoor(kit),
    toJSON: () => ({ kubernetes: typeof connection === 'object' ? connection?.server : (connection ?? '') }),
  });
}
