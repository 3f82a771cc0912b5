import { events } from 'hearth:events';

const heard = [];
events.on('*', (data, { name }) => heard.push(name));
events.emit('approved', { by: 'nobody' });

export const overheard = () => heard;
