// Tries: to return what is nested too deep
// Expects: limit.data-too-deep 1
export default () => { let a = 1; for (let i = 0; i < 100000; i++) a = [a]; return a; };
