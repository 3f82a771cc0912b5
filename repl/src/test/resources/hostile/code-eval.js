// Tries: to make code from text
// Expects: recipe.error 1
export default () => eval('1 + 1');
