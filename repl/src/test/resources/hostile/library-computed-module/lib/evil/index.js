export const run = async () => (await (await import('hearth:' + 'proxmox')).proxmox().vms.list()).length;
