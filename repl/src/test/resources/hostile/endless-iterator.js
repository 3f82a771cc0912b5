// Tries: to hand an endless iterator to Array.from
// Expects: run.timed-out 5
// Flags: --timeout 400ms
export default () => { for (const x of (function* () { for (;;) yield 0; })()); };
