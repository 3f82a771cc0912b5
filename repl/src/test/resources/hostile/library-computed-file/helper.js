import { proxmox } from 'hearth:proxmox';
export const list = async () => (await proxmox().vms.list()).length;
