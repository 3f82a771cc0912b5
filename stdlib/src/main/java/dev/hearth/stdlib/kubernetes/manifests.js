// Manifests of hearth:kubernetes: what is wanted, of any kind.

/** What can be done with manifests over one connection. */
export function manifests({ ops }) {
  return {
    apply: (manifest, how = {}) => ops.apply({ ...how, manifest }),
    ensure: (manifest, how = {}) => ops.ensure({ ...how, manifest }),
    diff: (manifest, how = {}) => ops.diff({ ...how, manifest }),
  };
}
