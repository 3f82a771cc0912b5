// Tries: to fill the memory by timers that never ring
// Expects: recipe.error 1
export default () => {
  for (;;) setTimeout(() => {}, 1e9);
};
