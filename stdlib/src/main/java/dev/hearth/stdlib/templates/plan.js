// What is there of a template, and what is to be done. Reads only.
import { open } from 'hearth:binding';
import { now } from 'hearth:time';
import { changeable, comparable, fixed, identityOf, installing, partsOf, rebuilt, STATES, storageOf, tagsOf } from 'hearth:binding/templates/machine';
import { answersVolume } from 'hearth:binding/templates/installer';
import * as refusals from 'hearth:binding/templates/refusals';
import { snippetName } from 'hearth:binding/templates/snippets';
import { downloadOf, volumeOf } from 'hearth:binding/templates/source';
import { placeOf, sorted } from 'hearth:binding/templates/versions';
import { keptWish } from 'hearth:binding/templates/wish';

const LONGEST_NAME = 45;

/** What a node must have, before anything is made. */
const needs = (spec, source, snippets, vmid) => ({
  node: spec.node,
  storages: [
    ...new Set([spec.storage, ...spec.disks.map(({ storage }) => storage)]),
  ]
    .map((storage) => ({ storage, content: 'images' }))
    .concat(source.url || spec.image.installer ? [{ storage: spec.imageStorage, content: spec.image.installer ? 'iso' : 'import' }] : [])
    .concat(snippets ? [{ storage: snippets.storage, content: 'snippets' }] : []),
  bridges: bridges(spec),
  vmid,
});

const bridges = (spec) => [...new Set(spec.networks.map(({ bridge }) => bridge))];

/** What is sent when a VM is made; the password is a Secret, and stands in no plan. */
const present = ({ cipassword, ...options }) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));

/** What an option was before it is changed; null where it was not there. */
const before = (config, keys) => Object.fromEntries(keys.map((key) => [key, config[key] ?? null]));

/** The plans of one connection. `removal` is what to type to be rid of a template. */
export function plans({ ops, removal }) {
  /** What the mark tells: what it is made of, and by whom. */
  const facts = async ({ spec, wish }, source, digest) => ({
    kind: 'template',
    run: await open('templates').run(),
    image: { id: spec.image.id ?? source.image?.id ?? null, url: source.url ?? null, identity: identityOf(source), algorithm: source.algorithm ?? null },
    spec: digest,
    parts: partsOf(spec),
    ...keptWish(wish),
  });

  const change = async (spec, documents, mark, current) => {
    const { config } = current;
    const wanted = comparable(spec, documents, config, { tags: tagsOf(spec, STATES.current), description: spec.notes });
    const changes = await ops.compareOptions({ config, wanted });
    if (changes.length === 0) return { differences: [] };
    if (changes.some(({ key }) => key.startsWith('net'))) await ops.preflight({ node: current.node, bridges: bridges(spec) });
    const options = Object.fromEntries(
      changes.filter(({ key }) => key !== 'description').map(({ key, wanted: value }) => [key, value ?? null]),
    );
    return {
      differences: changes.map(({ text }) => text),
      change: { vm: placeOf(current), name: spec.name, options, mark, notes: spec.notes },
      before: before(config, [...Object.keys(options), 'description']),
    };
  };

  const build = async (spec, documents, source, mark, { current, others, retired }, { vmid, snippets }) => {
    if (documents.vendorData && !snippets) refusals.snippetsNeeded(spec.name);
    await ops.preflight(needs(spec, source, documents.vendorData ? snippets : undefined, vmid));
    const volume = volumeOf(source, spec.imageStorage);
    const storage = storageOf(volume);
    const fresh = source.url !== undefined && !(await ops.hasVolume({ storage, node: spec.node, volid: volume }));
    const id = crypto.randomUUID();
    const old = [current, ...others].filter(Boolean).map(placeOf);
    const latest = Math.max(0, ...[current, ...others, ...retired].map((version) => version?.mark.version ?? 0));
    const snippet = documents.vendorData
      ? { volid: `${snippets.storage}:snippets/${snippetName(spec.name, id)}`, host: snippets.host }
      : null;
    const install = spec.image.installer ? { volid: answersVolume(spec, id) } : null;
    return {
      build: {
        id,
        install,
        vmid,
        vmName: old.length === 0 ? spec.name : `${spec.name}-next`,
        old,
        image: source.url ? { node: spec.node, storage, file: downloadOf(source), fresh } : null,
        volume,
        snippet,
        mark: {
          ...mark,
          ...(source.url && { image: { ...mark.image, volume, fresh } }),
          name: spec.name,
          build: id,
          version: latest + 1,
          builtAt: await now(),
          ...(snippet && { snippet }),
        },
        options: {
          ...present(changeable(spec, documents)),
          ...(install ? installing(spec, volume, install.volid) : fixed(spec, volume, snippet?.volid, documents.part)),
          tags: tagsOf(spec, STATES.building),
        },
      },
    };
  };

  /**
   * @param target the wish, what it comes to and what a machine of it is set up with
   * @param replace whether what needs another disk is built anew
   * @returns `action`: none, change, build or replace
   */
  return async (target, source, digest, { replace = false, vmid, snippets } = {}) => {
    const { spec, documents } = target;
    const { name } = spec;
    if (name.length > LONGEST_NAME) refusals.nameTooLong(name, LONGEST_NAME);
    const there = sorted(name, await ops.templateVersions({ name, node: spec.node }));
    const { current, others, building, foreign } = there;
    if (foreign.length > 0) refusals.notOurs(name, foreign[0].vmid);
    if (building.length > 0) refusals.unfinished(name, building[0].vmid, removal(name));
    const mark = await facts(target, source, digest);
    const base = { name, current: current && placeOf(current), others: others.map(placeOf), differences: [] };
    if (current === null) {
      return { ...base, action: 'build', ...(await build(spec, documents, source, mark, there, { vmid, snippets })) };
    }
    const reasons = rebuilt(spec, source, current);
    if (reasons.length === 0) {
      const changed = await change(spec, documents, mark, current);
      return { ...base, action: changed.differences.length > 0 ? 'change' : 'none', ...changed };
    }
    if (!replace) refusals.needsReplacing(name, current.vmid, reasons);
    const made = await build(spec, documents, source, mark, there, { vmid, snippets });
    return { ...base, action: 'replace', differences: reasons, ...made };
  };
}
