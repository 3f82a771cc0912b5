// Tries: to redraw the terminal by its summary
// Expects: permission.not-granted 3
export const recipe = { summary: '\u001b[2J', permissions: { env: ['PATH'] } };
export default () => 1;
