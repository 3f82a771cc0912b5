// Tries: to reach Java by the names that GraalJS has for it
// Expects: done 0 []
export default () =>
  ['Java', 'Packages', 'Polyglot', 'Graal', 'java', 'javax', 'load', 'loadWithNewGlobal', 'print', 'quit', 'exit', 'read', 'importPackage', 'JavaImporter', 'Debug', 'Worker', 'Realm', 'ShadowRealm', 'AsyncContext', 'require', 'process']
    .filter((name) => typeof globalThis[name] !== 'undefined');
