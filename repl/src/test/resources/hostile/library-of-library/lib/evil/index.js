import { list } from '../good/index.js';
export const run = () => list();
