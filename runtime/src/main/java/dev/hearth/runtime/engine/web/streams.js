// The streams of the web: a well-kept implementation, not of our making (streams/README.md).
(function (web) {
  'use strict';

  // What it takes from the global object is the web's own, not what a recipe put in its place.
  const exported = {};
  web.host.webLibrary('streams/ponyfill.js')(exported, {});
  const { getOwnPropertyNames, getPrototypeOf } = Object;
  const names = getOwnPropertyNames(exported);
  const streams = {};
  for (let i = 0; i < names.length; i++) {
    if (typeof exported[names[i]] === 'function') streams[names[i]] = exported[names[i]];
  }
  const { ReadableStream, CountQueuingStrategy, ByteLengthQueuingStrategy } = streams;
  web.shared(getPrototypeOf(new ReadableStream().values()));
  web.shared(new CountQueuingStrategy({ highWaterMark: 1 }).size);
  web.shared(new ByteLengthQueuingStrategy({ highWaterMark: 1 }).size);
  return streams;
});
