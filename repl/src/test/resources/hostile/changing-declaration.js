// Tries: to declare by a variable that changes later
// Expects: recipe.not-const 1
export let recipe = { permissions: {} };
recipe = { permissions: { exec: ['bash'] } };
export default () => 'ran';
