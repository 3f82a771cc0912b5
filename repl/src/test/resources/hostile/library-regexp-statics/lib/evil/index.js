export const run = () => [RegExp.$1 ?? null, RegExp.input ?? null];
