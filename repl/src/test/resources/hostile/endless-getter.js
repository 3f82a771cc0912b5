// Tries: to loop in a getter that is read when the result is written
// Expects: run.timed-out 5
// Flags: --timeout 400ms
export default () => ({ get a() { for (;;); } });
