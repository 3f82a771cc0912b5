// `hearth templates refresh NAME`: builds a template anew when its image has a newer one.
import { templates } from 'hearth:templates';

export const recipe = {
  summary: 'Rebuild a template when its image has a newer one.',
  description: `Makes what the template was wished to be, which its notes tell, once more: with the newest image of its vendor, and with keys
and packages as they are today. Nothing is done when nothing has changed. The new version is built beside the old one and takes its
place when it is whole; clones of the old one go on working.`,
  params: {
    name: { type: 'string', summary: 'name of the template', required: true },
    test: { type: 'boolean', summary: 'boot a clone of it before anybody sees it', default: false },
    keep: { type: 'integer', minimum: 0, maximum: 99, summary: 'how many retired versions stay; default: all' },
  },
  permissions: { proxmox: 'write', images: 'read' },
  onError: 'undo',
};

export default async function ({ params: { name, test, keep }, step, log }) {
  const { action, vmid, differences } = await templates().template(name).refresh({ step, test, keep });
  const why = differences.length > 0 ? `: ${differences.join(', ')}` : '';
  log.info(action === 'none' ? `template ${name} (${vmid}) is as new` : `template ${name} (${vmid}) is refreshed${why}`);
  return { name, vmid, action, differences };
}
