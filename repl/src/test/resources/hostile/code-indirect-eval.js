// Tries: to make code from text
// Expects: recipe.error 1
export default () => (0, eval)('1 + 1');
