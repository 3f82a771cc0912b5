// Tries: to throw nothing
// Expects: recipe.error 1
export default () => { throw null; };
