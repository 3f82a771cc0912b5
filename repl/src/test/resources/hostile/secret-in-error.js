// Tries: to have a secret shown by an error
// Expects: recipe.error 1
export const recipe = { params: { token: { type: 'string', secret: true, required: true } } };
export default ({ params }) => { throw new Error(`token ${params.token} ${encodeURIComponent(params.token)}`); };
