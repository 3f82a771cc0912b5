// Tries: to have the granted host read where the user stands
// Expects: recipe.error 1
// Flags: --allow-net=127.0.0.2:9
export const recipe = { permissions: { net: ['127.0.0.2:9'] } };
export default () => fetch('http://127.0.0.2:9@127.0.0.1:9/');
