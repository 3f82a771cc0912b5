// hearth:secret: the user's stored secrets, as values that do not show.
import { open } from 'hearth:binding';

const ops = open('secret');

export const secret = (name) => ops.get({ name });
