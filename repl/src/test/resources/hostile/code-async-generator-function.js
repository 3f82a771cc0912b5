// Tries: to make code from text
// Expects: recipe.error 1
export default () => new (Object.getPrototypeOf(async function* () {}).constructor)('yield 1')().next();
