import { test, eq, ok, throws, rejects, bytesOf, tick } from './harness.js';

const collect = async (stream) => {
  const all = [];
  for await (const chunk of stream) all.push(chunk);
  return all;
};

test('streams', 'what is enqueued is read', async () => {
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue('a');
      controller.enqueue('b');
      controller.close();
    },
  });
  eq(await collect(stream), ['a', 'b']);
});
test('streams', 'pull is called by need', async () => {
  let count = 0;
  const stream = new ReadableStream({ pull: (controller) => (count < 3 ? controller.enqueue(++count) : controller.close()) }, { highWaterMark: 0 });
  await tick();
  eq(count, 0);
  const reader = stream.getReader();
  eq(await reader.read(), { done: false, value: 1 });
  await tick();
  eq(count, 1);
});
test('streams', 'desiredSize says how much room is left', () => {
  let sizes;
  new ReadableStream({
    start(controller) {
      sizes = [controller.desiredSize];
      controller.enqueue('x');
      sizes.push(controller.desiredSize);
    },
  }, new CountQueuingStrategy({ highWaterMark: 3 }));
  eq(sizes, [3, 2]);
});
test('streams', 'an error reaches the reader', async () => {
  const error = new Error('mine');
  await rejects(new ReadableStream({ start: (controller) => controller.error(error) }).getReader().read(), error);
});
test('streams', 'what pull throws errors the stream', async () => {
  const error = new Error('mine');
  const reader = new ReadableStream({ pull: () => Promise.reject(error) }).getReader();
  await rejects(reader.read(), error);
  await rejects(reader.closed, error);
});
test('streams', 'a stream has one reader', () => {
  const stream = new ReadableStream();
  const reader = stream.getReader();
  ok(stream.locked);
  throws(() => stream.getReader(), TypeError);
  reader.releaseLock();
  ok(!stream.locked);
});
test('streams', 'cancel tells the source why', async () => {
  let reason;
  const stream = new ReadableStream({ cancel: (why) => void (reason = why) });
  await stream.cancel('enough');
  eq(reason, 'enough');
});
test('streams', 'a locked stream cannot be cancelled', async () => {
  const stream = new ReadableStream();
  stream.getReader();
  await rejects(stream.cancel(), TypeError);
});
test('streams', 'leaving the loop cancels', async () => {
  let cancelled = false;
  const stream = new ReadableStream({ pull: (c) => c.enqueue(1), cancel: () => void (cancelled = true) });
  for await (const _ of stream) break;
  ok(cancelled && !stream.locked);
});
test('streams', 'preventCancel leaves it open', async () => {
  let cancelled = false;
  const stream = new ReadableStream({ pull: (c) => c.enqueue(1), cancel: () => void (cancelled = true) });
  for await (const _ of stream.values({ preventCancel: true })) break;
  ok(!cancelled && !stream.locked);
  eq((await stream.getReader().read()).value, 1);
});
test('streams', 'releaseLock rejects what is read', async () => {
  const reader = new ReadableStream().getReader();
  const read = reader.read();
  reader.releaseLock();
  await rejects(read, TypeError);
});
test('streams', 'enqueue after close is a TypeError', () => {
  let controller;
  new ReadableStream({ start: (c) => void (controller = c) });
  controller.close();
  throws(() => controller.enqueue(1), TypeError);
});
test('streams', 'from an array, a generator, and an async one', async () => {
  eq(await collect(ReadableStream.from([1, 2])), [1, 2]);
  eq(await collect(ReadableStream.from((function* () { yield 'a'; })())), ['a']);
  eq(await collect(ReadableStream.from((async function* () { yield 'b'; })())), ['b']);
});
test('streams', 'from closes its source when it is left', async () => {
  let closed = false;
  const stream = ReadableStream.from((async function* () {
    try {
      for (;;) yield 1;
    } finally {
      closed = true;
    }
  })());
  for await (const _ of stream) break;
  ok(closed);
});
test('streams', 'from takes iterables only', () => throws(() => ReadableStream.from(7), TypeError));
test('streams', 'tee gives all to both', async () => {
  const [a, b] = ReadableStream.from([1, 2, 3]).tee();
  eq([await collect(a), await collect(b)], [[1, 2, 3], [1, 2, 3]]);
});
test('streams', 'tee cancels its source when both are left', async () => {
  let reasons;
  const [a, b] = new ReadableStream({ cancel: (why) => void (reasons = why) }).tee();
  await Promise.all([a.cancel('a'), b.cancel('b')]);
  eq(reasons, ['a', 'b']);
});
test('streams', 'a writer writes in order', async () => {
  const seen = [];
  const writer = new WritableStream({ write: async (chunk) => { await tick(); seen.push(chunk); } }).getWriter();
  writer.write(1);
  writer.write(2);
  await writer.close();
  eq(seen, [1, 2]);
});
test('streams', 'ready is back-pressure', async () => {
  let release;
  const writer = new WritableStream({ write: () => new Promise((resolve) => (release = resolve)) }, { highWaterMark: 1 }).getWriter();
  eq(writer.desiredSize, 1);
  const written = writer.write('x');
  eq(writer.desiredSize, 0);
  await tick();
  release();
  await written;
  await writer.ready;
  eq(writer.desiredSize, 1);
});
test('streams', 'what write throws errors the stream', async () => {
  const error = new Error('mine');
  const writer = new WritableStream({ write: () => { throw error; } }).getWriter();
  await rejects(writer.write('x'), error);
  await rejects(writer.closed, error);
});
test('streams', 'abort tells the sink why', async () => {
  let reason;
  const stream = new WritableStream({ abort: (why) => void (reason = why) });
  await stream.abort('enough');
  eq(reason, 'enough');
});
test('streams', 'abort fires the signal of the controller', async () => {
  let signal;
  const stream = new WritableStream({ start: (c) => void (signal = c.signal) });
  await stream.abort('why');
  eq([signal.aborted, signal.reason], [true, 'why']);
});
test('streams', 'a transform transforms', async () =>
  eq(await collect(ReadableStream.from([1, 2]).pipeThrough(new TransformStream({ transform: (x, c) => c.enqueue(x * 2), flush: (c) => c.enqueue('end') }))), [2, 4, 'end']));
test('streams', 'an identity transform', async () => eq(await collect(ReadableStream.from(['x']).pipeThrough(new TransformStream())), ['x']));
test('streams', 'terminate ends both sides', async () => {
  const transform = new TransformStream({ transform: (_, c) => c.terminate() });
  const writer = transform.writable.getWriter();
  writer.write(1).catch(() => {});
  writer.closed.catch(() => {});
  eq(await collect(transform.readable), []);
});
test('streams', 'pipeTo writes all and closes', async () => {
  const seen = [];
  await ReadableStream.from([1, 2]).pipeTo(new WritableStream({ write: (x) => void seen.push(x), close: () => void seen.push('closed') }));
  eq(seen, [1, 2, 'closed']);
});
test('streams', 'pipeTo with preventClose leaves it open', async () => {
  let closed = false;
  await ReadableStream.from([1]).pipeTo(new WritableStream({ close: () => void (closed = true) }), { preventClose: true });
  ok(!closed);
});
test('streams', 'pipeTo hands an error on', async () => {
  const error = new Error('mine');
  let reason;
  const source = new ReadableStream({ start: (c) => c.error(error) });
  await rejects(source.pipeTo(new WritableStream({ abort: (why) => void (reason = why) })), error);
  ok(reason === error);
});
test('streams', 'pipeTo cancels its source when the sink fails', async () => {
  const error = new Error('mine');
  let reason;
  const source = new ReadableStream({ pull: (c) => c.enqueue(1), cancel: (why) => void (reason = why) });
  await rejects(source.pipeTo(new WritableStream({ write: () => { throw error; } })), error);
  ok(reason === error);
});
test('streams', 'pipeTo ends with a signal', async () => {
  const controller = new AbortController();
  let cancelled;
  const piping = new ReadableStream({ cancel: (why) => void (cancelled = why) }).pipeTo(new WritableStream(), { signal: controller.signal });
  controller.abort('stop');
  let reason;
  await piping.catch((error) => (reason = error));
  eq([reason, cancelled], ['stop', 'stop']);
});
test('streams', 'byte streams give what is asked for', async () => {
  const stream = new ReadableStream({
    type: 'bytes',
    start(controller) {
      controller.enqueue(bytesOf(1, 2, 3, 4));
      controller.close();
    },
  });
  const reader = stream.getReader({ mode: 'byob' });
  const first = await reader.read(new Uint8Array(3));
  eq([first.done, first.value], [false, bytesOf(1, 2, 3)]);
  const second = await reader.read(new Uint8Array(3));
  eq(second.value, bytesOf(4));
  eq((await reader.read(new Uint8Array(3))).done, true);
});
test('streams', 'a byob request is filled in place', async () => {
  const stream = new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const { byobRequest } = controller;
      new Uint8Array(byobRequest.view.buffer, byobRequest.view.byteOffset)[0] = 42;
      byobRequest.respond(1);
    },
  });
  eq((await stream.getReader({ mode: 'byob' }).read(new Uint8Array(2))).value, bytesOf(42));
});
test('streams', 'a byte stream takes bytes only', () => {
  let controller;
  new ReadableStream({ type: 'bytes', start: (c) => void (controller = c) });
  throws(() => controller.enqueue('x'), TypeError);
  throws(() => controller.enqueue(new Uint8Array(0)), TypeError);
});
test('streams', 'only byte streams have byob readers', () => throws(() => new ReadableStream().getReader({ mode: 'byob' }), TypeError));
test('streams', 'queuing strategies', () => {
  eq([new CountQueuingStrategy({ highWaterMark: 4 }).size({}), new ByteLengthQueuingStrategy({ highWaterMark: 4 }).size(bytesOf(1, 2))], [1, 2]);
  throws(() => new CountQueuingStrategy(), TypeError);
});
for (const mark of [-1, NaN, 'x']) {
  test('streams', `highWaterMark ${mark} is a RangeError`, () => throws(() => new ReadableStream({}, { highWaterMark: mark }), RangeError));
}
test('streams', 'a size that is no number errors the stream', () => {
  let controller;
  new ReadableStream({ start: (c) => void (controller = c) }, { size: () => -1 });
  throws(() => controller.enqueue(1), RangeError);
});
test('streams', 'class strings', () => eq([String(new ReadableStream()), String(new WritableStream()), String(new TransformStream())], ['[object ReadableStream]', '[object WritableStream]', '[object TransformStream]']));
test('streams', 'controllers are not made with new', () => throws(() => new ReadableStreamDefaultController(), TypeError));

// ---- Blob, File, FormData -------------------------------------------------------------------------

test('Blob', 'is made of texts, bytes and blobs', async () => {
  const blob = new Blob(['a', bytesOf(0x62), bytesOf(0x63).buffer, new Blob(['d']), new DataView(bytesOf(0x65).buffer), 7]);
  eq([await blob.text(), blob.size], ['abcde7', 6]);
});
test('Blob', 'of nothing is empty', () => eq([new Blob().size, new Blob().type], [0, '']));
test('Blob', 'the type is in lower case, or none', () => eq([new Blob([], { type: 'Text/Plain' }).type, new Blob([], { type: 'ä' }).type], ['text/plain', '']));
test('Blob', 'slice counts from both ends', async () => {
  const blob = new Blob(['abcdef'], { type: 'x/y' });
  eq(await Promise.all([blob.slice(1, 3).text(), blob.slice(-2).text(), blob.slice(0, -4).text(), blob.slice(4, 2).text(), blob.slice(2, 99).text()]), ['bc', 'ef', 'ab', '', 'cdef']);
  eq([blob.slice(0).type, blob.slice(0, 1, 'A/B').type], ['', 'a/b']);
});
test('Blob', 'arrayBuffer is a copy', async () => {
  const blob = new Blob(['abc']);
  new Uint8Array(await blob.arrayBuffer())[0] = 0;
  eq(await blob.text(), 'abc');
});
test('Blob', 'stream gives bytes', async () => {
  const chunks = await collect(new Blob(['abc']).stream());
  eq(chunks.flatMap((chunk) => [...chunk]), [97, 98, 99]);
});
test('Blob', 'a large stream comes whole', async () => {
  const chunks = await collect(new Blob([new Uint8Array(200_000)]).stream());
  eq(chunks.reduce((sum, chunk) => sum + chunk.length, 0), 200_000);
});
test('Blob', 'an empty stream ends', async () => eq(await collect(new Blob().stream()), []));
test('Blob', 'parts are a list', () => throws(() => new Blob('abc'), TypeError));
test('Blob', 'text replaces what is no utf-8', async () => eq(await new Blob([bytesOf(0xff)]).text(), '\ufffd'));
test('File', 'has name and time', async () => {
  const file = new File(['abc'], 'a.txt', { type: 'text/plain', lastModified: 12 });
  eq([file.name, file.lastModified, file.type, await file.text(), file instanceof Blob], ['a.txt', 12, 'text/plain', 'abc', true]);
});
test('File', 'was changed now, if nothing is said', () => ok(Math.abs(new File([], 'x').lastModified - Date.now()) < 5000));
test('File', 'needs a name', () => throws(() => new File([]), TypeError));
test('FormData', 'append, get, getAll, has, delete', () => {
  const form = new FormData();
  form.append('a', 1);
  form.append('a', 2);
  form.append('b', 'x');
  eq([form.get('a'), form.getAll('a'), form.has('b'), form.get('c')], ['1', ['1', '2'], true, null]);
  form.delete('a');
  eq([...form.keys()], ['b']);
});
test('FormData', 'set replaces the first', () => {
  const form = new FormData();
  form.append('a', '1');
  form.append('b', '2');
  form.append('a', '3');
  form.set('a', '4');
  eq([...form], [['a', '4'], ['b', '2']]);
});
test('FormData', 'a Blob becomes a File', () => {
  const form = new FormData();
  form.append('a', new Blob(['x']));
  form.append('b', new Blob(['x']), 'b.bin');
  form.append('c', new File(['x'], 'c.txt'));
  eq([form.get('a') instanceof File, form.get('a').name, form.get('b').name, form.get('c').name], [true, 'blob', 'b.bin', 'c.txt']);
});
test('FormData', 'a text has no file name', () => throws(() => new FormData().append('a', 'x', 'y'), TypeError));
test('FormData', 'goes through a body and back', async () => {
  const form = new FormData();
  form.append('a "q"\n', 'line\nline');
  form.append('file', new File([bytesOf(0, 255, 13, 10)], 'x "y".bin', { type: 'a/b' }));
  const back = await new Response(form).formData();
  eq([...back.keys()].length, 2);
  eq(back.get('a "q"\r\n'), 'line\r\nline');
  const file = back.get('file');
  eq([file.name, file.type, new Uint8Array(await file.arrayBuffer())], ['x "y".bin', 'a/b', bytesOf(0, 255, 13, 10)]);
});
