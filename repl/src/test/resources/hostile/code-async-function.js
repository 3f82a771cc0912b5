// Tries: to make code from text
// Expects: recipe.error 1
export default () => new (Object.getPrototypeOf(async () => {}).constructor)('return 1')();
