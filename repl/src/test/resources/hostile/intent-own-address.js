// Tries: to name an address of its own for a system that it may use
// Expects: permission.denied 3
// Flags: --allow-proxmox:write
import { proxmox } from 'hearth:proxmox';
export const recipe = { permissions: { proxmox: 'write' } };
export default () =>
  proxmox({ url: 'https://127.0.0.1:1', token: 'root@pam!token=12345678-1234-1234-1234-123456789012' }).vms.list();
