// Tries: to explode a regular expression
// Expects: run.timed-out 5
// Flags: --timeout 400ms
export default () => /^(?:(a+)+|b)*\1$/.test('a'.repeat(5000) + '!');
