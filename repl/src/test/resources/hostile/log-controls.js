// Tries: to redraw the terminal by a log line
// Expects: done 0 1
export default ({ log }) => { log.info('\u001b[2J\u009b31m\u202e'); return 1; };
