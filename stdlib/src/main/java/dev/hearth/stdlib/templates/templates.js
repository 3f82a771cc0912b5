// hearth:templates: templates of a Proxmox VE, from a catalogue's image to what is cloned.
import { blaming, connected, handles, quoted } from 'hearth:binding';
import { images } from 'hearth:images';
import { proxmox } from 'hearth:proxmox';
import { milliseconds, now } from 'hearth:time';
import { bootTest } from 'hearth:binding/templates/boottest';
import { builder } from 'hearth:binding/templates/build';
import { cloner } from 'hearth:binding/templates/clone';
import { documents } from 'hearth:binding/templates/cloudinit';
import { answersOf } from 'hearth:binding/templates/installer';
import { leftovers } from 'hearth:binding/templates/leftovers';
import { identityOf } from 'hearth:binding/templates/machine';
import { containers } from 'hearth:binding/templates/container';
import { stepsOf } from 'hearth:binding/templates/matrix';
import { plans } from 'hearth:binding/templates/plan';
import { provenance, provenanceOf } from 'hearth:binding/templates/provenance';
import { checkOptions, notFound, someFailed } from 'hearth:binding/templates/refusals';
import { refresher } from 'hearth:binding/templates/refresh';
import { retention } from 'hearth:binding/templates/retention';
import { snippetFiles } from 'hearth:binding/templates/snippets';
import { finder } from 'hearth:binding/templates/source';
import { digestOf, imageNamed, specificationOf } from 'hearth:binding/templates/spec';
import { AGAIN, undone } from 'hearth:binding/templates/steps';
import { placeOf, sorted, stateOf } from 'hearth:binding/templates/versions';

const { freeze } = Object;
const PLAN_OPTIONS = ['replace', 'vmid', 'snippets'];
const ENSURE_OPTIONS = [...PLAN_OPTIONS, 'test', 'keep', 'provenance', 'install'];
const REFRESH_OPTIONS = ENSURE_OPTIONS.filter((name) => name !== 'replace');
const CONTAINER_OPTIONS = ['step', 'start'];
const INSTALL_LIMIT = '90m';

/** How a template is made again from its name, as after a resume. */
const mark = handles('templates', { template: ({ connection, template }) => templates(connection).template(template) });

/** The templates of a Proxmox VE: of the default connection, a named one, or one that is spelled out. */
export function templates(connection) {
  const { ops, handle } = connected('proxmox', connection, mark);
  const pve = proxmox(connection);
  const catalogue = images();
  const sourceOf = finder(catalogue);
  const spelled = typeof connection === 'string' ? `'${connection}'` : '';
  const removal = (name) =>
    `hearth eval "import { templates } from 'hearth:templates'; await templates(${spelled}).template('${name}').remove()"`;
  const planOf = plans({ ops, removal });
  const snippets = snippetFiles({ pve });
  const build = builder({ ops, pve, snippets });
  const kept = retention({ ops, pve, snippets });
  const left = leftovers({ ops, pve, retention: kept });
  const boot = bootTest({ ops, pve });
  const cloned = cloner({ ops, pve });
  const container = containers({ pve });

  /** The entry of the catalogue that a wish is about; `null` for an image that nobody knows. */
  const imageOf = async (wish) => {
    const name = imageNamed(wish);
    return name === null ? null : catalogue.get(name);
  };

  /** What a wish comes to with an entry of the catalogue: its specification and what a machine of it is set up with. */
  const meantWith = async (wish, entry) => {
    const spec = await specificationOf(wish, entry);
    return { wish, spec, entry, documents: documents(spec, entry) };
  };

  /** The same with what the catalogue knows now; what is wrong with a wish is told before anybody is asked. */
  const meant = async (wish) => meantWith(wish, await imageOf(wish));

  const planned = (target, source, options) =>
    planOf(target, source, digestOf(target.spec, identityOf(source)), options);

  const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  /** `first` is what the wish came to before a step was made; a run that goes on may have found another image by then. */
  const carriedOut = async (first, step, { test = false, keep, provenance: folder, install, ...options }) => {
    const limit = milliseconds(install?.timeout ?? INSTALL_LIMIT);
    const source = await step('find the image', () => sourceOf(first.spec.image), { readOnly: true });
    const target = isSame(first.entry, source.image) ? first : await meantWith(first.wish, source.image);
    if (test) boot.require(target, test);
    const plan = await step('look at what is there', () => planned(target, source, options), { readOnly: true });
    const { name, action, current, differences } = plan;
    if (action === 'change') await build.change(step, plan);
    if (plan.others.length > 0 && current !== null && !plan.build) await build.tidy(step, plan);
    if (test && plan.build) await boot.prepare(step, target, test);
    const tried = (vm) => (test ? boot.run(step, target, test, plan, vm) : undefined);
    const after = plan.build ? await build.build(step, target, plan, { test: tried, limit }) : current;
    if (plan.build && folder !== undefined) await provenance(step, folder, provenanceOf(target.spec, { name, ...plan.build }, after));
    const old = keep === undefined ? {} : await step('remove old versions', () => kept.tidy(name, keep), { find: AGAIN });
    return { changed: action !== 'none', action, name, ...after, before: current, after, differences, ...old };
  };

  const ensured = async (wish, step, options) => {
    const first = await meant(wish);
    return step === undefined ? undone((own) => carriedOut(first, own, options)) : carriedOut(first, step, options);
  };

  /** Whether its vendor has no newer image; `null` where nobody can say. */
  const isNewest = async ({ mark: { image } }) => {
    const entry = image?.id ? await catalogue.find(image.id) : null;
    if (entry === null || entry.delivery !== 'import') return null;
    return identityOf(await catalogue.latest(image.id)) === image.identity;
  };

  const refreshed = refresher({ ops, meant, ensured });

  const template = (name) => {
    const versions = async () => sorted(name, await ops.templateVersions({ name }));
    const find = async () => {
      const { current } = await versions();
      return current === null ? null : pve.vm(placeOf(current));
    };
    const clone = (given, { step } = {}) =>
      blaming(async () => {
        const version = (await versions()).current ?? notFound(name);
        return step === undefined ? undone((own) => cloned(version, given, own)) : cloned(version, given, step);
      });
    const members = {
      name,
      find,
      clone,
      /** The template stays: what stands on its disk goes on doing so. */
      toVm: (given, how) => clone({ ...given, full: true }, how),
      versions: async () => {
        const { current, others, retired, building } = await versions();
        return [current, ...others, ...retired, ...building].filter(Boolean).map(told);
      },
      clones: async () => kept.clonesOf((await versions()).current ?? notFound(name)),
      set: (options) =>
        blaming(async () => {
          const version = (await versions()).current ?? notFound(name);
          await ops.changeMarkedVm({ vm: placeOf(version), name, options });
          return pve.vm(placeOf(version)).config();
        }),
      prune: ({ keep = 0 } = {}) => kept.tidy(name, keep),
      refresh: ({ wish, step, ...options } = {}) =>
        blaming(async () => {
          checkOptions('template.refresh', options, REFRESH_OPTIONS);
          return refreshed(name, (await versions()).current ?? notFound(name), wish, step, options);
        }),
      get: async () => (await find()) ?? notFound(name),
      async remove() {
        const { current, others, retired, building } = await versions();
        const all = [...building, ...retired, ...others, current].filter((version) => version !== null);
        for (const version of all) await kept.discard(name, version);
        return all.length > 0;
      },
      toJSON: () => ({ template: name }),
    };
    return handle('template', { template: name }, () => `template(${quoted(name)})`, members);
  };

  return freeze({
    images: (filter) => catalogue.list(filter),
    specification: (wish) => blaming(async () => (await meant(wish)).spec),
    documents: (wish) =>
      blaming(async () => {
        const { spec, documents: all } = await meant(wish);
        return spec.image.installer ? { ...all, answers: answersOf(spec) } : all;
      }),
    plan: (wish, options = {}) =>
      blaming(async () => {
        checkOptions('templates().plan', options, PLAN_OPTIONS);
        const target = await meant(wish);
        return planned(target, await sourceOf(target.spec.image), options);
      }),
    ensure: (wish, { step, ...options } = {}) =>
      blaming(() => ensured(wish, step, checkOptions('templates().ensure', options, ENSURE_OPTIONS))),
    container: (wish, { step, start = true, ...options } = {}) =>
      blaming(async () => {
        checkOptions('templates().container', options, CONTAINER_OPTIONS);
        return step === undefined
          ? undone((own) => container.ensure(wish, own, { start }))
          : container.ensure(wish, step, { start });
      }),
    matrix: (wishes, { step, atOnce = 2, ...options } = {}) =>
      blaming(async () => {
        checkOptions('templates().matrix', options, ENSURE_OPTIONS);
        const stepOf = stepsOf(atOnce);
        const firsts = [];
        for (const wish of wishes) firsts.push(await meant(wish)); // all that is wrong, before anything is made
        const done = (first, own) => carriedOut(first, stepOf(first.wish, own), options);
        const ended = await Promise.allSettled(
          firsts.map((first) => (step === undefined ? undone((own) => done(first, own)) : done(first, step))),
        );
        const failed = wishes.filter((_, index) => ended[index].status === 'rejected').map(({ name }) => name);
        if (failed.length > 0) someFailed(failed, wishes.length, ended.filter(({ reason }) => reason).map(({ reason }) => reason));
        return ended.map(({ value }) => value);
      }),
    list: async ({ drift = false } = {}) => {
      const all = (await ops.allTemplates()).filter(({ mark }) => mark.kind === 'template');
      const days = (since) => (since === null ? null : Math.floor((Date.parse(today) - Date.parse(since)) / 86400000));
      const today = await now();
      return Promise.all(
        all.map(async (version) => {
          const one = told(version);
          const newest = drift ? { isNewest: await isNewest(version) } : {};
          return { ...one, ageDays: days(one.builtAt), ...newest };
        }),
      );
    },
    leftovers: (options) => blaming(() => left.list(options)),
    removeLeftovers: (options) => blaming(() => left.remove(options)),
    template,
  });
}

/** A version of a template, as people and programs want to know it. */
const told = (version) => ({
  ...placeOf(version),
  name: version.mark.name,
  state: stateOf(version),
  version: version.mark.version ?? 0,
  image: version.mark.image?.id ?? null,
  builtAt: version.mark.builtAt ?? null,
});
