// hearth:time: waiting, and the time of the run's clock.
import { open, pure } from 'hearth:binding';

const ops = open('time');
const pureOps = pure('time');

export const sleep = (duration, options) => ops.sleep({ duration }, options);
export const now = () => ops.now();
export const milliseconds = (duration) => pureOps.milliseconds({ duration });
export const format = (value) => pureOps.format({ value });
