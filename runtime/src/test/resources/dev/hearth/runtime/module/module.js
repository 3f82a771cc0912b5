// The facade of the bindings that RecipeCheckTest declares.
export const proxmox = () => {};
export const docker = () => {};
export const log = {};
