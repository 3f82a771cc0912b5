// Tries: to keep the run alive by a timer that starts itself
// Expects: run.timed-out 5
// Flags: --timeout 400ms
const again = () => setTimeout(again, 0);
export default () => again();
