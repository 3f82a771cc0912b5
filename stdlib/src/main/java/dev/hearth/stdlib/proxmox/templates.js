// Templates of hearth:proxmox, step by step.
import { quoted } from 'hearth:binding/proxmox/kit';

const { freeze } = Object;

/** The templates of one connection; `vm` makes a handle of what was built. */
export function templates({ ops, handle }, vm) {
  const all = freeze({
    list: () => ops.listTemplates(),
    find: (wanted) => ops.findTemplate(wanted),
  });

  const template = (name) => {
    const names = ({ vmid, node: home } = {}) => ({ vmid, node: home });
    return handle('template', { template: name }, () => `template(${quoted(name)})`, {
      name,
      plan: (spec) => ops.planTemplate({ name, spec }),
      ensure: (spec) => ops.ensureTemplate({ name, spec }),
      download: (spec, plan) => ops.downloadTemplateImage({ spec, plan }),
      discardImage: (spec, plan) => ops.discardTemplateImage({ spec, plan }),
      create: async (spec, plan) => vm(await ops.createTemplateVm({ spec, plan })),
      discardVm: (spec, plan) => ops.discardTemplateVm({ spec, plan }),
      configure: (spec, made) => ops.configureTemplateVm({ spec, vm: names(made) }),
      resize: (spec, made) => ops.resizeTemplateDisk({ spec, vm: names(made) }),
      convert: (spec, made) => ops.convertToTemplate({ spec, vm: names(made) }),
      change: (spec, plan) => ops.changeTemplate({ spec, plan }),
      restore: (spec, plan) => ops.restoreTemplate({ spec, plan }),
      remove: (made) => ops.removeTemplate({ name, vm: made === undefined ? undefined : names(made) }),
      toJSON: () => ({ template: name }),
    });
  };

  return { templates: all, template };
}
