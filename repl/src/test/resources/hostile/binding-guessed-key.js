// Tries: to call the hidden function with a guessed key
// Expects: recipe.error 1
export default () => globalThis.__hearthBinding('00000000000000000000000000000000').open('proxmox');
