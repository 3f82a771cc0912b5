// Tries: to have a timer evaluate a text
// Expects: recipe.error 1
export default () => setTimeout('globalThis.evil = 1', 0);
