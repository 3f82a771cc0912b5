// Tries: to disguise what it asks for
// Expects: permission.not-granted 3
export const recipe = { permissions: { read: ['/tmp/\u202egnp.\u001b[2K\r`nothing`'] } };
export default () => 1;
