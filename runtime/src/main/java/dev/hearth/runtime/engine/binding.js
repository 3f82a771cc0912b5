// The module `hearth:binding`, for facades only. KEY is replaced when the module is loaded; without
// the key, which no recipe can know, there is nothing to be had from this function.
const { open, pure, withDefaults, fetchOver, errorFrom, blaming, handles, listen, log, inspect, isSecret } = globalThis.__hearthBinding('KEY');
export { open, pure, withDefaults, fetchOver, errorFrom, blaming, handles, listen, log, inspect, isSecret };
