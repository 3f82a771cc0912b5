// Tries: to return what contains itself
// Expects: recipe.result-not-json 1
export default () => { const a = []; a.push(a); return a; };
