// Tries: to contact a host without a grant
// Expects: permission.denied 3
export default () => fetch('http://127.0.0.1:9/');
