// Where a template comes from, as a file beside the recipe; its notes say the same.
import { fs } from 'hearth:fs';
import { AGAIN } from 'hearth:binding/templates/steps';

/** What is told of a version. */
export const provenanceOf = (spec, { mark, name }, { vmid, node }) => ({
  name,
  vmid,
  node,
  version: mark.version,
  builtAt: mark.builtAt,
  image: { id: mark.image.id, url: mark.image.url, checksum: mark.image.identity, algorithm: mark.image.algorithm },
  specificationDigest: mark.spec,
  run: mark.run,
  ...(mark.snippet && { vendorData: mark.snippet.volid }),
  packages: spec.packages,
});

/** Writes it into a folder; undone, the file is what it was. */
export function provenance(step, folder, facts) {
  const path = `${folder}/${facts.name}.json`;
  const text = `${JSON.stringify(facts, null, 2)}\n`;
  const work = async () => {
    const before = (await fs.exists(path)) ? await fs.read(path) : null;
    await fs.mkdir(folder);
    await fs.write(path, text);
    return { path, before };
  };
  const undo = ({ before } = {}) => {
    if (before === undefined) return undefined; // nobody knows what it was
    return before === null ? fs.remove(path) : fs.write(path, before);
  };
  return step('write down where it comes from', work, { find: AGAIN, undo });
}
