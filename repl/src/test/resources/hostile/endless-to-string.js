// Tries: to loop in toString of a thrown value
// Expects: recipe.error 1
// Flags: --timeout 400ms
export default () => { throw { get message() { for (;;); }, toString() { for (;;); } }; };
