// Tries: to starve the loop by microtasks
// Expects: run.timed-out 5
// Flags: --timeout 400ms
export default () => { const again = () => Promise.resolve().then(again); return again(); };
