// Tries: to run with what it declares and nobody granted
// Expects: permission.not-granted 3
export const recipe = { permissions: { exec: ['bash'] } };
export default () => 'ran';
