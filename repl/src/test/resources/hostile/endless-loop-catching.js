// Tries: to swallow the stop
// Expects: run.timed-out 5
// Flags: --timeout 400ms
export default () => { for (;;) { try { for (;;); } catch {} } };
