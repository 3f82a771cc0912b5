export { list as run } from '../../helper.js';
