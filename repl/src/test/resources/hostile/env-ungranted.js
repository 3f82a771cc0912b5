// Tries: to read a variable without a grant
// Expects: permission.denied 3
// Flags: --allow-env=LANG
import { env } from 'hearth:env';
export const recipe = { permissions: { env: ['LANG'] } };
export default () => env.get('SECRET_TOKEN');
