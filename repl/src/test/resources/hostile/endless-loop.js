// Tries: to loop for ever
// Expects: run.timed-out 5
// Flags: --timeout 400ms
export default () => { for (;;); };
