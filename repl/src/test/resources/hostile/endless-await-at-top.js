// Tries: to wait at the top for what never comes
// Expects: recipe.never-settles 1
await new Promise(() => {});
export default () => 1;
