// Tries: to throw a proxy that was revoked
// Expects: recipe.error 1
export default () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy; };
