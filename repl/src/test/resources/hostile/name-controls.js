// Tries: to move the cursor by the name of a step
// Expects: run.step-name-not-printable 1
export default ({ step }) => step('ok\u001b[2K\rallowed', () => 1);
