// Tries: to put a library into the result of a step
// Expects: run.step-result-too-big 11
export default ({ step }) => step('big', () => 'x'.repeat(2_000_000));
