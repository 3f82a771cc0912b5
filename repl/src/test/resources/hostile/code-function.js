// Tries: to make code from text
// Expects: recipe.error 1
export default () => new Function('return 1')();
