export { proxmox as mine } from 'hearth:proxmox';
