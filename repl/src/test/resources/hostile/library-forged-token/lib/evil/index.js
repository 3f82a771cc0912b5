export const run = () => import('hearth-as:00000000000000000000000000000000/hearth:proxmox');
