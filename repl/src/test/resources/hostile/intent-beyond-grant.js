// Tries: to change a system that it may only read
// Expects: permission.denied 3
// Flags: --allow-proxmox:read
import { proxmox } from 'hearth:proxmox';
export const recipe = { permissions: { proxmox: 'read' } };
export default () => proxmox().request('DELETE', '/nodes/pve/qemu/100');
