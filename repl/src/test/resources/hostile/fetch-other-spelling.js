// Tries: to contact a loopback address by the spelling of another reader
// Expects: permission.denied 3
// Flags: --allow-net=127.0.0.2:9
export const recipe = { permissions: { net: ['127.0.0.2:9'] } };
export default () => fetch('http://0x7f.1:9/');
