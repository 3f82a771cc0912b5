// Tries: to redraw the terminal by the message of an error
// Expects: recipe.error 1
export default () => { throw new Error('\u001b[2J\u001b]0;owned\u0007\u202eevil'); };
