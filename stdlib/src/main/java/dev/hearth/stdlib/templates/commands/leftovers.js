// `hearth templates leftovers`: what runs left behind that are gone.
import { templates } from 'hearth:templates';

export const recipe = {
  summary: 'List, or remove, what runs left behind that are gone.',
  description: `Half-built templates, clones of boot tests, and the images that only these were made of; of any run, from any machine. What
anything was done with lately is left out, since a run may be at work on it. A run that can be resumed needs what it made: resume or
undo it instead.`,
  params: {
    olderThan: { type: 'string', pattern: '^[0-9]+[hd]$', summary: 'only what nothing was done with for this long; an hour or more', default: '1d' },
    remove: { type: 'boolean', summary: 'remove them', default: false },
  },
  permissions: { proxmox: 'write' },
};

export default ({ params: { olderThan, remove } }) =>
  remove ? templates().removeLeftovers({ olderThan }) : templates().leftovers({ olderThan });
