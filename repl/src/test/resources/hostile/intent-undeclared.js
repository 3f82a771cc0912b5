// Tries: to change a system without having declared it
// Expects: permission.denied 3
import { proxmox } from 'hearth:proxmox';
export default () => proxmox().vms.list();
