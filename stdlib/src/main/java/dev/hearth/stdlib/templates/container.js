// Containers by a template's wish: the template of a distribution that Proxmox offers, downloaded once, and one made of it.
import { errorFrom, isSecret, pure } from 'hearth:binding';
import { gathered, masked } from 'hearth:binding/templates/spec';
import { AGAIN } from 'hearth:binding/templates/steps';

const ops = pure('templates');

/** Proxmox has names of its own for some. */
const offeredAs = (image) =>
  image
    .replace(/^rocky(?=-|$)/, 'rockylinux')
    .replace(/^arch$/, 'archlinux')
    .replace(/^opensuse-leap-/, 'opensuse-')
    .replace(/^centos-stream-(\d+)$/, 'centos-$1-stream');

const notOffered = (image, all) => {
  const names = [...new Set(all.map((name) => name.split('_')[0]))].sort();
  throw errorFrom({
    code: 'templates.not-offered',
    kind: 'recipe',
    message: `Proxmox offers no container template of \`${image}\`.`,
    hint: `Take one of ${names.join(', ')}; where one is missing, \`pveam update\` on the node reads the list anew.`,
    details: { offered: all },
  });
};

/** What is wished for, and the password of root if there is one. */
async function meant(wish) {
  const whole = await gathered(wish);
  const container = ops.container({ wish: masked(whole) });
  const password = whole.users?.[0]?.password;
  return { container, password: isSecret(password) ? password : undefined };
}

/** The containers of one connection. */
export function containers({ pve }) {
  /** Of several builds the last one, by the numbers in its name. */
  const newest = async ({ node, image }) => {
    const all = (await pve.api.nodes(node).aplinfo.get()).map(({ template }) => template);
    const name = offeredAs(image);
    const fit = all.filter((each) => each.startsWith(`${name}-`) || each.startsWith(`${name}_`));
    if (fit.length === 0) notOffered(image, all);
    return fit.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  };

  const download = async ({ node, imageStorage }, template, volid) => {
    const content = await pve.storage(imageStorage, { node }).content.list({ content: 'vztmpl' });
    if (content.some((volume) => volume.volid === volid)) return false;
    await pve.task(await pve.api.nodes(node).aplinfo.post({ storage: imageStorage, template })).wait();
    return true;
  };

  /** The file that a new one is made of; `template` is null for one's own. */
  const fileOf = async (container, step) => {
    if (container.volume !== null) return { volid: container.volume, template: null };
    const template = await step('find the newest template', () => newest(container), { readOnly: true });
    const volid = `${container.imageStorage}:vztmpl/${template}`;
    await step('download the template', () => download(container, template, volid), { find: AGAIN });
    return { volid, template };
  };

  const takenBack = async ({ vmid, node }) => {
    const made = pve.ct(vmid, { node });
    await made.stop();
    await made.delete();
  };

  const create = async ({ container, password }, options, step) => {
    const { volid, template } = await fileOf(container, step);
    const making = {
      ostemplate: volid,
      ...(container.keys.length > 0 && { 'ssh-public-keys': container.keys.join('\n') }),
      ...(password && { password }),
    };
    const find = async () => (await pve.cts.find({ name: container.name })) ?? undefined;
    const made = await step('create the container', () => pve.cts.ensure({ ...options, ...making }), {
      find: async () => ((await find()) ? pve.cts.plan(options) : undefined),
      undo: async (done) => {
        const there = done ?? (await find());
        if (there?.vmid) await takenBack({ vmid: there.vmid, node: container.node });
      },
    });
    return { ...made, template };
  };

  const change = async (options, { vmid, node, before }, step) => {
    const { vmid: _, node: __, rootfs: ___, ...was } = before;
    const changed = await step('change the container', () => pve.cts.ensure(options), {
      find: AGAIN,
      undo: () => pve.ct(vmid, { node }).update(was),
    });
    return { ...changed, before, template: null };
  };

  /** Makes a container what it is wished to be; of one that is there, what differs is changed. */
  const ensure = async (wish, step, { start }) => {
    const target = await meant(wish);
    const { container } = target;
    const { name: hostname, node, vmid } = container;
    const options = { hostname, node, ...(vmid !== null && { vmid }), ...container.options };
    const plan = await step('look at what is there', () => pve.cts.plan(options), { readOnly: true });
    const done =
      plan.before === null
        ? await create(target, options, step)
        : plan.changed
          ? await change(options, plan, step)
          : { ...plan, template: null };
    const ct = pve.ct(done.vmid, { node: done.node });
    if (start && (await ct.status()).status !== 'running') await step('start it', () => ct.start().then(() => true), { find: AGAIN });
    return { ...done, changed: plan.changed, name: hostname };
  };

  return { ensure };
}
