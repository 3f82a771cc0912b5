import { open } from 'hearth:binding';

export const broken = (connection) => open('broken', connection);
