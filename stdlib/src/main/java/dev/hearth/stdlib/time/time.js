// hearth:time: waiting, and the time of the run's clock.
import { open } from 'hearth:binding';

const ops = open('time');

export const sleep = (duration, options) => ops.sleep({ duration }, options);
export const now = () => ops.now();
export const milliseconds = (duration) => ops.milliseconds({ duration });
export const format = (value) => ops.format({ value });
