// Tries: to put a book into the name of a step
// Expects: run.step-name-too-long 1
export default ({ step }) => step('x'.repeat(1_000_000), () => 1);
