// Tries: to have a secret shown by the name of a step
// Expects: done 0 1
export const recipe = { params: { token: { type: 'string', secret: true, required: true } } };
export default ({ params, step }) => step(`use ${params.token}`, () => 1);
