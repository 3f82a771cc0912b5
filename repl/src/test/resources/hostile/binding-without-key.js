// Tries: to import the module that facades use
// Expects: module.unknown 1
import { open } from 'hearth:binding';
export default () => open('proxmox');
