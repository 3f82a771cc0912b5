// Tries: to return a proxy that lies about everything
// Expects: recipe.error 1
export default () => new Proxy({}, { ownKeys: () => ['a', 'a'], get: () => { throw new Error('evil'); } });
