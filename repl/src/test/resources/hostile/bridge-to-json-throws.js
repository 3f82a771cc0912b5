// Tries: to end Hearth by a toJSON that throws an object without a prototype
// Expects: recipe.result-not-json 1
export default () => ({ toJSON() { throw Object.create(null); } });
