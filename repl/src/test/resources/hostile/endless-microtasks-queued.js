// Tries: to starve the loop by queueMicrotask
// Expects: run.timed-out 5
// Flags: --timeout 400ms
export default () => { const again = () => queueMicrotask(again); again(); return new Promise(() => {}); };
