// Tries: to have a secret shown as the result
// Expects: done 0 "***"
export const recipe = { params: { token: { type: 'string', secret: true, required: true } } };
export default ({ params }) => params.token;
