// Tries: to make code from text
// Expects: recipe.error 1
export default () => Reflect.construct(Function, ['return 1'])();
