import { open } from 'hearth:binding';

const ops = open('sink');
export const take = (value) => ops.take({ value });
