// Tries: to return more than the limit
// Expects: limit.data-too-large 1
export default () => 'x'.repeat(70_000_000);
