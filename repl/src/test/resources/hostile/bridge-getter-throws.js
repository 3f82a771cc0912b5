// Tries: to end Hearth by a getter that throws while its result is written
// Expects: recipe.result-not-json 1
export default () => ({ get evil() { throw new Error('evil'); } });
