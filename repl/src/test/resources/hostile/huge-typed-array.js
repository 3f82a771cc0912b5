// Tries: to ask for more bytes than there are
// Expects: limit.out-of-memory 1
export default () => new Uint8Array(2 ** 31 - 16);
