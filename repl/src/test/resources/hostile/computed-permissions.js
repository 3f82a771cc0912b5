// Tries: to declare permissions that are only known when it runs
// Expects: recipe.not-literal 1
export const recipe = { permissions: { exec: [`b${'a'}sh`] } };
export default () => 'ran';
