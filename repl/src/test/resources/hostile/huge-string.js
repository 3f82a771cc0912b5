// Tries: to make a text longer than any can be
// Expects: recipe.error 1
export default () => 'x'.repeat(2 ** 31);
