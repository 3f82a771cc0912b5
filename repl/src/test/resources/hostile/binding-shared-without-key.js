// Tries: to import what facades share, which holds the door to Java
// Expects: module.unknown 1
import { template } from 'hearth:binding/command';
export default () => template({ ops: { run: async () => ({}) } }, {});
