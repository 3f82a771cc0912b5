// hearth:log: the run's log. The same object that recipes get as `log`.
export { log } from 'hearth:binding';
