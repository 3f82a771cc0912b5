// Tries: to return what resolves for ever
// Expects: run.timed-out 5
// Flags: --timeout 400ms
export default () => { const again = { then: (resolve) => queueMicrotask(() => resolve(again)) }; return again; };
