// Tries: to make code from text
// Expects: recipe.error 1
export default () => (() => {}).constructor('return 1')();
