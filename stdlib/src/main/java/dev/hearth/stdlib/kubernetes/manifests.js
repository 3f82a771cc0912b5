// Manifests of hearth:kubernetes: what is wanted, of any kind, one or many from texts, files, folders and Kustomize.
import { errorFrom } from 'hearth:binding';
import { refuse } from 'hearth:binding/kubernetes/kit';
import { yaml } from 'hearth:yaml';

const SOURCES = ['text', 'file', 'folder', 'kustomize'];

/**
 * As kubectl reads it, in which `0644` is what `chmod` means by it. Where it is wrong is told without the line itself, which may be one of
 * a Secret.
 */
const parsed = ({ name, text }) => {
  try {
    return yaml.parseAll(text, { name, version: '1.1' });
  } catch (error) {
    if (error?.details?.excerpt === undefined) throw error;
    const { excerpt, ...details } = error.details;
    throw errorFrom({ code: error.code, message: error.message, hint: `Correct line ${details.line}.`, details });
  }
};

/** What can be done with manifests over one connection. */
export function manifests({ ops }) {
  /** Where manifests come from; `undefined` for one that is given itself. */
  const sourceOf = (what) => {
    if (typeof what === 'string') return { text: what };
    if (Array.isArray(what)) return { manifests: what };
    if (typeof what !== 'object' || what === null || 'kind' in what || 'metadata' in what) return undefined;
    return SOURCES.some((source) => source in what) ? what : undefined;
  };

  const read = async ({ manifests: given, text, file, folder, kustomize, recursive, ...others }) => {
    const unknown = Object.keys(others)[0];
    if (unknown !== undefined) {
      refuse('option-wrong', `\`${unknown}\` is no source of manifests.`, 'Give one of `text`, `file`, `folder` and `kustomize`.');
    }
    if (given !== undefined) return given;
    if (text !== undefined) return parsed({ name: 'manifests', text: String(text) });
    if (file !== undefined) return parsed(await ops.manifestFile({ file }));
    if (kustomize !== undefined) return parsed(await ops.kustomized({ folder: kustomize }));
    return (await ops.manifestFolder({ folder, recursive })).flatMap(parsed);
  };

  return {
    async apply(what, { prune, preview, ...how } = {}) {
      if (preview !== undefined && typeof preview !== 'boolean') {
        refuse('option-wrong', `\`preview\` is ${typeof preview}, not \`true\` or \`false\`.`, 'Write `{ preview: true }`.');
      }
      const source = sourceOf(what);
      if (source !== undefined) {
        const set = { ...how, prune, manifests: await read(source) };
        return preview === true ? ops.previewSet(set) : ops.applySet(set);
      }
      if (prune !== undefined || preview !== undefined) {
        refuse('option-wrong', 'A single manifest is neither pruned nor previewed.', 'Give a list of manifests, or look with `k8s.diff(manifest)`.');
      }
      return ops.apply({ ...how, manifest: what });
    },
    async delete(what, { wait = true, timeout, signal, ...how } = {}) {
      const given = sourceOf(what);
      const gone = await ops.deleteSet({ ...how, manifests: given === undefined ? [what] : await read(given) });
      if (wait && how.dryRun !== true) {
        for (const { object, uid } of gone) {
          const { apiVersion, kind, name, namespace } = object;
          if (typeof uid === 'string') await ops.waitGone({ kind: `${apiVersion}/${kind}`, name, namespace, uid, timeout }, { signal });
        }
      }
      const objects = gone.map(({ object }) => object);
      return { changed: objects.some(({ action }) => action !== 'none'), objects };
    },
    async ensure(what, { prune, ...how } = {}) {
      const source = sourceOf(what);
      return source === undefined ? ops.ensure({ ...how, manifest: what }) : ops.applySet({ ...how, prune, manifests: await read(source) });
    },
    async diff(what, { prune, ...how } = {}) {
      const source = sourceOf(what);
      return source === undefined ? ops.diff({ ...how, manifest: what }) : ops.previewSet({ ...how, prune, manifests: await read(source) });
    },
  };
}
