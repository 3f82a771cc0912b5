// Tries: to turn the reading direction by the name of a step
// Expects: run.step-name-not-printable 1
export default ({ step }) => step('a\u202eb', () => 1);
