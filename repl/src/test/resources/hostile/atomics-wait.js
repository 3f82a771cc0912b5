// Tries: to block the loop by Atomics.wait
// Expects: recipe.error 1
// Flags: --timeout 400ms
export default () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
