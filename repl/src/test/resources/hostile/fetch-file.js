// Tries: to read a file by fetch
// Expects: http.url-malformed 1
export default () => fetch('file://CANARY_FILE');
