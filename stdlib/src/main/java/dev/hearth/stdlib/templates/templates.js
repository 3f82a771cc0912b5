// hearth:templates: templates of a Proxmox VE, from a catalogue's image to what is cloned.
import { handles, inspect, open } from 'hearth:binding';
import { images } from 'hearth:images';
import { proxmox } from 'hearth:proxmox';
import { builder } from 'hearth:binding/templates/build';
import { digestOf, documents, specificationOf } from 'hearth:binding/templates/interim';
import { identityOf } from 'hearth:binding/templates/machine';
import { plans } from 'hearth:binding/templates/plan';
import { checkOptions, notFound } from 'hearth:binding/templates/refusals';
import { sourceOf } from 'hearth:binding/templates/source';
import { undone } from 'hearth:binding/templates/steps';
import { placeOf, sorted, stateOf } from 'hearth:binding/templates/versions';

const { defineProperty, freeze } = Object;
const INSPECT = Symbol.for('nodejs.util.inspect.custom');
const quoted = (name) => (typeof name === 'string' ? `'${name}'` : inspect(name));
const PLAN_OPTIONS = ['replace', 'vmid', 'snippets'];

/** How a template is made again from its name, as after a resume. */
const mark = handles('templates', { template: ({ connection, template }) => templates(connection).template(template) });

/** The templates of a Proxmox VE: of the default connection, a named one, or one that is spelled out. */
export function templates(connection) {
  const ops = open('proxmox', connection);
  const pve = proxmox(connection);
  const spelled = typeof connection === 'string' ? `'${connection}'` : '';
  const removal = (name) =>
    `hearth eval "import { templates } from 'hearth:templates'; await templates(${spelled}).template('${name}').remove()"`;
  const planOf = plans({ ops, removal });
  const build = builder({ ops, pve });

  const planned = (wish, source, options) => {
    const spec = specificationOf(wish, source.image);
    return planOf(spec, documents(spec, source.image), source, digestOf(spec, identityOf(source)), options);
  };

  const carriedOut = async (wish, step, options) => {
    const source = await step('find the image', () => sourceOf(wish.image), { readOnly: true });
    const plan = await step('look at what is there', () => planned(wish, source, options), { readOnly: true });
    const spec = specificationOf(wish, source.image);
    const { name, action, current, differences } = plan;
    if (action === 'change') await build.change(step, plan);
    if (plan.others.length > 0 && current !== null && !plan.build) await build.tidy(step, plan);
    const after = plan.build ? await build.build(step, spec, plan, async () => {}) : current;
    return { changed: action !== 'none', action, name, ...after, before: current, after, differences };
  };

  const template = (name) => {
    const versions = async () => sorted(name, await ops.templateVersions({ name }));
    const find = async () => {
      const { current } = await versions();
      return current === null ? null : pve.vm(placeOf(current));
    };
    const members = {
      name,
      find,
      get: async () => (await find()) ?? notFound(name),
      async remove() {
        const { current, others, retired, building } = await versions();
        const all = [...building, ...retired, ...others, current].filter((version) => version !== null);
        for (const version of all) await ops.removeMarkedVm({ name, vm: placeOf(version) });
        return all.length > 0;
      },
      toJSON: () => ({ template: name }),
    };
    const handle = freeze(defineProperty(members, INSPECT, { value: () => `template(${quoted(name)})` }));
    // A connection that is spelled out has no name, and may hold a secret: its handles come back as data.
    const isNamed = connection === undefined || typeof connection === 'string';
    return isNamed ? mark('template', { connection, template: name }, handle) : handle;
  };

  return freeze({
    images: (filter) => images().list(filter),
    async plan(wish, options = {}) {
      checkOptions('templates().plan', options, PLAN_OPTIONS);
      return planned(wish, await sourceOf(wish.image), options);
    },
    async ensure(wish, { step, ...options } = {}) {
      checkOptions('templates().ensure', options, PLAN_OPTIONS);
      return step === undefined
        ? undone((own) => carriedOut(wish, own, options))
        : carriedOut(wish, step, options);
    },
    list: async () => (await ops.allTemplates()).map(told),
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
