// A Terraform module, planned, shown, and applied when somebody says yes.
import { terraform } from 'hearth:terraform';
import { ui } from 'hearth:ui';

export const recipe = {
  summary: 'Plans a Terraform module, shows what would change, and applies it when approved',
  description: `Prepares the module, makes a plan and shows each change. Then it asks, and applies exactly that plan; \`--approve\` answers yes
beforehand. What is lost (deleted or made anew) needs \`--allow-loss\` as well.`,
  params: {
    dir: { type: 'string', summary: 'folder of the root module', default: '.' },
    workspace: { type: 'string', summary: 'workspace, if not the selected one' },
    variables: { type: 'object', additionalProperties: true, summary: 'values of its variables; what is missing is asked', default: {} },
    approve: { type: 'boolean', summary: 'apply without asking', default: false },
    allowLoss: { type: 'boolean', summary: 'also delete, and make anew', default: false },
  },
  permissions: { terraform: 'write' }, // and `--allow-read` and `--allow-write` of the folder
};

export default async function ({ params, step, log }) {
  const { dir, workspace, variables, approve, allowLoss } = params;
  const module = terraform({ dir, ...(workspace === undefined ? {} : { workspace }) });

  await step('init', async () => (await module.init()).length);
  // A plan lives as long as the run that made it, so it is made and applied in one step.
  return step('apply', async () => {
    const plan = await module.plan({ variables: await module.collect(variables) });
    show(plan, log);
    if (!plan.changed) return { changed: false };

    const lost = plan.changes.filter(({ action }) => action === 'delete' || action === 'replace').map(({ address }) => address);
    if (lost.length > 0 && !allowLoss) {
      throw new Error(`This would lose ${lost.join(', ')}; pass --allow-loss if that is meant.`);
    }
    if (!approve && !(await ui.confirm('Apply this plan?'))) return { changed: false };
    const { added, changed, destroyed } = await plan.apply();
    return { changed: true, added, updated: changed, destroyed };
  });
}

function show({ changes, drift, outputs, diagnostics }, log) {
  for (const { summary } of diagnostics) log.warn(summary);
  for (const { address } of drift) log.warn(`${address} was changed outside of Terraform`);
  for (const { address, action, attributes } of changes) {
    log.info(`${action} ${address}`);
    if (action === 'update' || action === 'replace') {
      for (const attribute of attributes) log.info(`  ${attribute.path}: ${text(attribute, 'before')} -> ${text(attribute, 'after')}`);
    }
  }
  for (const { name, action } of outputs) log.info(`${action} output ${name}`);
  if (changes.length === 0 && outputs.length === 0) log.info('all is as the module has it');
}

const text = (attribute, side) => {
  if (attribute.sensitive) return '***';
  if (side === 'after' && attribute.unknown) return '(known when it is applied)';
  return JSON.stringify(attribute[side]);
};
