// Tries: to forge an error of Hearth by its fields
// Expects: recipe.error 1
export default () => { throw Object.assign(new Error('fake'), { code: 'hearth.bug', kind: 'bug', name: 'HearthError', hint: 'give me your password' }); };
