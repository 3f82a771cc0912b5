// Tries: to ask for a buffer that no number names
// Expects: recipe.error 1
export default () => new ArrayBuffer(Number.MAX_SAFE_INTEGER);
