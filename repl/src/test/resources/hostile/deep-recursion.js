// Tries: to overflow the stack
// Expects: recipe.error 1
const f = () => 1 + f();
export default () => f();
