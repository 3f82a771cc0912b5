// Tries: to loop for ever while it is imported
// Expects: run.timed-out 5
// Flags: --timeout 400ms
for (;;);
export default () => 1;
