import { test, eq, ok, throws, rejects, bytesOf, textOf } from './harness.js';

// ---- Headers ------------------------------------------------------------------------------------

test('Headers', 'names have no case', () => {
  const headers = new Headers({ 'Content-Type': 'text/plain' });
  eq([headers.get('content-TYPE'), headers.has('CONTENT-type'), headers.get('x')], ['text/plain', true, null]);
});
test('Headers', 'append joins with a comma', () => {
  const headers = new Headers([['a', '1']]);
  headers.append('A', '2');
  eq(headers.get('a'), '1, 2');
});
test('Headers', 'set replaces', () => {
  const headers = new Headers([['a', '1'], ['a', '2']]);
  headers.set('a', '3');
  eq([...headers], [['a', '3']]);
});
test('Headers', 'delete', () => {
  const headers = new Headers({ a: '1' });
  headers.delete('A');
  eq(headers.has('a'), false);
});
test('Headers', 'are listed sorted and in lower case', () => eq([...new Headers({ B: '1', a: '2', C: '3' })], [['a', '2'], ['b', '1'], ['c', '3']]));
test('Headers', 'cookies stay apart', () => {
  const headers = new Headers([['set-cookie', 'a=1'], ['x', 'y'], ['Set-Cookie', 'b=2']]);
  eq([[...headers], headers.getSetCookie(), headers.get('set-cookie')], [[['set-cookie', 'a=1'], ['set-cookie', 'b=2'], ['x', 'y']], ['a=1', 'b=2'], 'a=1, b=2']);
});
test('Headers', 'values lose their outer spaces', () => eq(new Headers({ a: ' \t b c\r\n ' }).get('a'), 'b c'));
for (const name of ['', ' ', 'a b', 'a:b', 'ä', 'a\n', '(x)']) {
  test('Headers', `${JSON.stringify(name)} is no name`, () => throws(() => new Headers([[name, 'x']]), TypeError));
}
for (const value of ['a\nb', 'a\rb', 'a\0b', '€']) {
  test('Headers', `${JSON.stringify(value)} is no value`, () => throws(() => new Headers([['a', value]]), TypeError));
}
test('Headers', 'a value may have any byte', () => eq(new Headers({ a: 'ä\u00ff' }).get('a'), 'ä\u00ff'));
test('Headers', 'a pair of one is a TypeError', () => throws(() => new Headers([['a']]), TypeError));
test('Headers', 'null is a TypeError', () => throws(() => new Headers(null), TypeError));
test('Headers', 'are made of others', () => eq([...new Headers(new Headers({ a: '1' }))], [['a', '1']]));
test('Headers', 'are made of a Map', () => eq([...new Headers(new Map([['a', '1']]))], [['a', '1']]));
test('Headers', 'forEach', () => {
  const seen = [];
  new Headers({ b: '1', a: '2' }).forEach((value, name) => seen.push(name + value));
  eq(seen, ['a2', 'b1']);
});
test('Headers', 'append needs two', () => throws(() => new Headers().append('a'), TypeError));
test('Headers', 'class string', () => eq(String(new Headers()), '[object Headers]'));

// ---- Request ------------------------------------------------------------------------------------

test('Request', 'has defaults', () => {
  const request = new Request('http://x.example/a#b');
  eq([request.method, request.url, request.redirect, request.body, request.bodyUsed, request.signal.aborted], ['GET', 'http://x.example/a#b', 'follow', null, false, false]);
});
for (const [given, method] of [['get', 'GET'], ['post', 'POST'], ['patch', 'patch'], ['Delete', 'DELETE'], ['foo', 'foo']]) {
  test('Request', `the method ${given}`, () => eq(new Request('http://x.example/', { method: given }).method, method));
}
for (const method of ['CONNECT', 'trace', 'TRACK', 'a b', '']) {
  test('Request', `refuses the method ${JSON.stringify(method)}`, () => throws(() => new Request('http://x.example/', { method }), TypeError));
}
test('Request', 'refuses a relative URL', () => throws(() => new Request('/x'), TypeError));
test('Request', 'refuses a user in the URL', () => throws(() => new Request('http://a:b@x.example/'), TypeError));
test('Request', 'a GET has no body', () => throws(() => new Request('http://x.example/', { body: 'x' }), TypeError));
for (const [name, make, type, text] of [
  ['a text', () => 'äx', 'text/plain;charset=UTF-8', 'äx'], ['URLSearchParams', () => new URLSearchParams({ a: 'b c' }), 'application/x-www-form-urlencoded;charset=UTF-8', 'a=b+c'],
  ['a Blob', () => new Blob(['x'], { type: 'a/b' }), 'a/b', 'x'], ['a Blob without a type', () => new Blob(['x']), null, 'x'],
  ['bytes', () => bytesOf(0x61), null, 'a'], ['a buffer', () => bytesOf(0x61).buffer, null, 'a'], ['an object', () => ({}), 'text/plain;charset=UTF-8', '[object Object]'],
]) {
  test('Request', `a body of ${name}`, async () => {
    const request = new Request('http://x.example/', { method: 'POST', body: make() });
    eq([request.headers.get('content-type'), request.bodyUsed, await request.text(), request.bodyUsed], [type, false, text, true]);
  });
}
test('Request', 'its own type wins', () =>
  eq(new Request('http://x.example/', { method: 'POST', body: 'x', headers: { 'Content-Type': 'a/b' } }).headers.get('content-type'), 'a/b'));
test('Request', 'a body that is a stream needs duplex', () => {
  throws(() => new Request('http://x.example/', { method: 'POST', body: new ReadableStream() }), TypeError);
  ok(new Request('http://x.example/', { method: 'POST', body: new ReadableStream(), duplex: 'half' }).body instanceof ReadableStream);
});
test('Request', 'is made of another, which is used up', async () => {
  const first = new Request('http://x.example/', { method: 'POST', body: 'x', headers: { a: 'b' } });
  const second = new Request(first, { headers: { c: 'd' } });
  eq([second.method, second.headers.get('a'), second.headers.get('c'), await second.text(), first.bodyUsed], ['POST', null, 'd', 'x', true]);
});
test('Request', 'clone has a body of its own', async () => {
  const first = new Request('http://x.example/', { method: 'POST', body: 'x' });
  const second = first.clone();
  eq([await first.text(), await second.text()], ['x', 'x']);
});
test('Request', 'its signal follows the one that was given', () => {
  const controller = new AbortController();
  const request = new Request('http://x.example/', { signal: controller.signal });
  controller.abort('why');
  eq([request.signal !== controller.signal, request.signal.aborted, request.signal.reason], [true, true, 'why']);
});
test('Request', 'redirect is one of three', () => throws(() => new Request('http://x.example/', { redirect: 'x' }), TypeError));
test('Request', 'signal is a signal', () => throws(() => new Request('http://x.example/', { signal: {} }), TypeError));

// ---- Response -----------------------------------------------------------------------------------

test('Response', 'has defaults', () => {
  const response = new Response();
  eq([response.status, response.statusText, response.ok, response.type, response.url, response.redirected, response.body], [200, '', true, 'default', '', false, null]);
});
for (const status of [199, 600, 0, 101]) {
  test('Response', `the status ${status} is a RangeError`, () => throws(() => new Response(null, { status }), RangeError));
}
for (const status of [204, 205, 304]) {
  test('Response', `the status ${status} has no body`, () => throws(() => new Response('', { status }), TypeError));
}
test('Response', 'statusText has no line break', () => throws(() => new Response(null, { statusText: 'a\nb' }), TypeError));
test('Response', 'Response.json', async () => {
  const response = Response.json({ a: [1] }, { status: 201 });
  eq([response.status, response.headers.get('content-type'), await response.json()], [201, 'application/json', { a: [1] }]);
});
test('Response', 'Response.json refuses what has none', () => throws(() => Response.json(undefined), TypeError));
test('Response', 'Response.error', () => eq([Response.error().type, Response.error().status], ['error', 0]));
test('Response', 'Response.redirect', () => {
  const response = Response.redirect('http://x.example/a b', 301);
  eq([response.status, response.headers.get('location')], [301, 'http://x.example/a%20b']);
  throws(() => Response.redirect('http://x.example/', 200), RangeError);
  throws(() => Response.redirect('http://'), TypeError);
});
test('Response', 'headers of a redirect cannot be changed', () => throws(() => Response.redirect('http://x.example/').headers.set('a', 'b'), TypeError));
for (const [name, read, value] of [
  ['text', (r) => r.text(), '{"a":1}'], ['json', (r) => r.json(), { a: 1 }],
  ['arrayBuffer', async (r) => textOf(await r.arrayBuffer()), '{"a":1}'], ['blob', async (r) => (await r.blob()).text(), '{"a":1}'],
]) {
  test('Response', `${name}() reads it all`, async () => eq(await read(new Response('{"a":1}')), value));
  test('Response', `${name}() twice is a TypeError`, async () => {
    const response = new Response('{"a":1}');
    await read(response);
    await rejects(read(response), TypeError);
  });
}
test('Response', 'json of no JSON is a SyntaxError', () => rejects(new Response('{').json(), SyntaxError));
test('Response', 'text drops the mark', async () => eq(await new Response(bytesOf(0xef, 0xbb, 0xbf, 0x61)).text(), 'a'));
test('Response', 'the blob has the type', async () => eq((await new Response('x', { headers: { 'content-type': 'A/B' } }).blob()).type, 'a/b'));
test('Response', 'no body is empty', async () => eq([await new Response().text(), (await new Response().arrayBuffer()).byteLength], ['', 0]));
test('Response', 'body is a stream, one object', async () => {
  const response = new Response('abc');
  ok(response.body instanceof ReadableStream && response.body === response.body);
  const { value } = await response.body.getReader().read();
  eq([textOf(value), response.bodyUsed], ['abc', true]);
});
test('Response', 'a locked body cannot be read', async () => {
  const response = new Response('abc');
  response.body.getReader();
  await rejects(response.text(), TypeError);
  throws(() => response.clone(), TypeError);
});
test('Response', 'is made of a stream', async () => eq(await new Response(ReadableStream.from([bytesOf(97), bytesOf(98)])).text(), 'ab'));
test('Response', 'a stream of texts is a TypeError', () => rejects(new Response(ReadableStream.from(['a'])).text(), TypeError));
test('Response', 'clone has a body of its own', async () => {
  const response = new Response(ReadableStream.from([bytesOf(97)]));
  const copy = response.clone();
  eq([await copy.text(), await response.text()], ['a', 'a']);
});
test('Response', 'formData of a query', async () => {
  const form = await new Response(new URLSearchParams('a=b&c=d')).formData();
  eq([...form], [['a', 'b'], ['c', 'd']]);
});
test('Response', 'formData of no form is a TypeError', () => rejects(new Response('x').formData(), TypeError));
test('Response', 'a getter on no Response is a TypeError', () => throws(() => Object.getOwnPropertyDescriptor(Response.prototype, 'status').get.call({}), TypeError));

// ---- fetch --------------------------------------------------------------------------------------

test('fetch', 'gets a text', async (origin) => {
  const response = await fetch(`${origin}/hello`);
  eq([response.status, response.ok, response.url, response.redirected, response.type, await response.text()], [200, true, `${origin}/hello`, false, 'basic', 'hello']);
});
test('fetch', 'gets JSON', async (origin) => eq(await (await fetch(`${origin}/json`)).json(), { a: [1, 'ä'] }));
test('fetch', 'gets bytes', async (origin) => {
  const buffer = await (await fetch(`${origin}/bytes`)).arrayBuffer();
  eq(new Uint8Array(buffer).slice(0, 4), bytesOf(0, 1, 2, 3));
  eq(buffer.byteLength, 100_000);
});
test('fetch', 'a status of failure is an answer', async (origin) => {
  const response = await fetch(`${origin}/status/404`);
  eq([response.status, response.ok, response.statusText], [404, false, 'Not Found']);
});
test('fetch', 'headers go out and come in', async (origin) => {
  const echo = await (await fetch(`${origin}/echo?a=b`, { headers: { 'X-Mine': 'yes', accept: 'a/b' } })).json();
  eq([echo.method, echo.path, echo.headers['x-mine'], echo.headers.accept], ['GET', '/echo?a=b', 'yes', 'a/b']);
});
test('fetch', 'accepts anything, if nothing is said', async (origin) => eq((await (await fetch(`${origin}/echo`)).json()).headers.accept, '*/*'));
test('fetch', 'the fragment stays here', async (origin) => eq((await (await fetch(`${origin}/echo#x`)).json()).path, '/echo'));
test('fetch', 'the headers of an answer cannot be changed', async (origin) => {
  const response = await fetch(`${origin}/hello`);
  throws(() => response.headers.set('a', 'b'), TypeError);
  await response.text();
});
for (const [name, make, text, type] of [
  ['a text', () => 'ä', 'ä', 'text/plain;charset=UTF-8'], ['bytes', () => bytesOf(0x61, 0x62).subarray(1), 'b', undefined],
  ['URLSearchParams', () => new URLSearchParams({ a: 'b' }), 'a=b', 'application/x-www-form-urlencoded;charset=UTF-8'],
  ['a Blob', () => new Blob(['x'], { type: 'a/b' }), 'x', 'a/b'], ['an empty text', () => '', '', 'text/plain;charset=UTF-8'],
]) {
  test('fetch', `posts ${name}`, async (origin) => {
    const echo = await (await fetch(`${origin}/echo`, { method: 'POST', body: make() })).json();
    eq([echo.method, echo.body, echo.headers['content-type']], ['POST', text, type]);
  });
}
test('fetch', 'posts a form', async (origin) => {
  const form = new FormData();
  form.append('a', 'b');
  form.append('f', new File(['content'], 'n.txt', { type: 'text/x' }));
  const echo = await (await fetch(`${origin}/echo`, { method: 'POST', body: form })).json();
  const type = echo.headers['content-type'];
  const back = await new Response(echo.body, { headers: { 'content-type': type } }).formData();
  eq([back.get('a'), back.get('f').name, await back.get('f').text()], ['b', 'n.txt', 'content']);
});
test('fetch', 'posts a stream', async (origin) => {
  let sent = 0;
  const body = new ReadableStream({
    pull(controller) {
      if (sent === 5) controller.close();
      else controller.enqueue(new TextEncoder().encode(`${sent++},`));
    },
  });
  const echo = await (await fetch(`${origin}/echo`, { method: 'POST', body, duplex: 'half' })).json();
  eq(echo.body, '0,1,2,3,4,');
});
test('fetch', 'a stream that fails fails the fetch', async (origin) => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error('mine')) });
  await rejects(fetch(`${origin}/echo`, { method: 'POST', body, duplex: 'half' }));
});
test('fetch', 'takes a Request', async (origin) => {
  const request = new Request(`${origin}/echo`, { method: 'PUT', body: 'x' });
  const echo = await (await fetch(request, { headers: { a: 'b' } })).json();
  eq([echo.method, echo.body, echo.headers.a, request.bodyUsed], ['PUT', 'x', 'b', true]);
});
test('fetch', 'takes a URL', async (origin) => eq(await (await fetch(new URL('/hello', origin))).text(), 'hello'));
test('fetch', 'HEAD has no body', async (origin) => {
  const response = await fetch(`${origin}/hello`, { method: 'HEAD' });
  eq([response.status, await response.text()], [200, '']);
});
test('fetch', '204 has no body', async (origin) => {
  const response = await fetch(`${origin}/status/204`);
  eq([response.body, await response.text()], [null, '']);
});
test('fetch', 'follows redirects', async (origin) => {
  const response = await fetch(`${origin}/redirect/3`);
  eq([response.redirected, response.url, await response.text()], [true, `${origin}/hello`, 'hello']);
});
test('fetch', 'redirect: manual gives the redirect or hides it', async (origin) => {
  const response = await fetch(`${origin}/redirect/1`, { redirect: 'manual' });
  ok(response.status === 302 || response.type === 'opaqueredirect');
});
test('fetch', 'redirect: error refuses', (origin) => rejects(fetch(`${origin}/redirect/1`, { redirect: 'error' }), TypeError));
test('fetch', 'a circle of redirects is a TypeError', (origin) => rejects(fetch(`${origin}/circle`), TypeError));
for (const [status, method, then] of [[301, 'POST', 'GET'], [302, 'POST', 'GET'], [303, 'PUT', 'GET'], [307, 'POST', 'POST'], [308, 'PUT', 'PUT'], [302, 'PUT', 'PUT']]) {
  test('fetch', `a ${method} after ${status} is a ${then}`, async (origin) => {
    const echo = await (await fetch(`${origin}/moved/${status}`, { method, body: 'x' })).json();
    eq([echo.method, echo.body], [then, then === 'GET' ? '' : 'x']);
  });
}
test('fetch', 'the body is a stream of bytes', async (origin) => {
  const response = await fetch(`${origin}/bytes`);
  let total = 0;
  for await (const chunk of response.body) {
    ok(chunk instanceof Uint8Array);
    total += chunk.length;
  }
  eq([total, response.bodyUsed], [100_000, true]);
});
test('fetch', 'a body comes while it is made', async (origin) => {
  const reader = (await fetch(`${origin}/drip`)).body.getReader();
  const first = await reader.read();
  eq(textOf(first.value), 'first\n');
  await fetch(`${origin}/drip/go`);
  let rest = '';
  for (let next = await reader.read(); !next.done; next = await reader.read()) rest += textOf(next.value);
  eq(rest, 'second\n');
});
test('fetch', 'the body can be piped', async (origin) => {
  let text = '';
  await (await fetch(`${origin}/hello`)).body.pipeThrough(new TextDecoderStream()).pipeTo(new WritableStream({ write: (chunk) => void (text += chunk) }));
  eq(text, 'hello');
});
test('fetch', 'clone reads twice', async (origin) => {
  const response = await fetch(`${origin}/hello`);
  const copy = response.clone();
  eq([await response.text(), await copy.text()], ['hello', 'hello']);
});
test('fetch', 'what is compressed arrives as it was', async (origin) => eq(await (await fetch(`${origin}/gzip`)).text(), 'compressed '.repeat(100)));
test('fetch', 'an aborted signal rejects at once', (origin) => rejects(fetch(`${origin}/hello`, { signal: AbortSignal.abort() }), 'AbortError'));
test('fetch', 'an abort rejects with the reason', async (origin) => {
  const controller = new AbortController();
  const fetching = fetch(`${origin}/never`, { signal: controller.signal });
  setTimeout(() => controller.abort('mine'), 20);
  let reason;
  await fetching.catch((error) => (reason = error));
  eq(reason, 'mine');
});
test('fetch', 'a timeout rejects', (origin) => rejects(fetch(`${origin}/never`, { signal: AbortSignal.timeout(30) }), 'TimeoutError'));
test('fetch', 'an abort ends the body', async (origin) => {
  const controller = new AbortController();
  const response = await fetch(`${origin}/endless`, { signal: controller.signal });
  const reader = response.body.getReader();
  await reader.read();
  controller.abort();
  await rejects((async () => { while (!(await reader.read()).done); })(), 'AbortError');
});
test('fetch', 'leaving a body ends it', async (origin) => {
  for await (const _ of (await fetch(`${origin}/endless`)).body) break;
});
test('fetch', 'a body that breaks off rejects', async (origin) => rejects((await fetch(`${origin}/broken`)).text(), TypeError));
test('fetch', 'nobody there is a TypeError', () => rejects(fetch('http://127.0.0.1:1/'), TypeError));
test('fetch', 'no URL is a TypeError', () => rejects(fetch('x'), TypeError));
test('fetch', 'another scheme is a TypeError', () => rejects(fetch('foo://x/'), TypeError));
test('fetch', 'data: holds its answer', async () => {
  const response = await fetch('data:text/plain;charset=utf-8,a%20b');
  eq([await response.text(), response.headers.get('content-type'), response.status], ['a b', 'text/plain;charset=utf-8', 200]);
});
test('fetch', 'data: in Base64', async () => eq(await (await fetch('data:;base64,YWJj')).text(), 'abc'));
test('fetch', 'many at once', async (origin) => {
  const all = await Promise.all(Array.from({ length: 50 }, (_, i) => fetch(`${origin}/echo?${i}`).then((r) => r.json())));
  eq(all.map((echo) => echo.path), Array.from({ length: 50 }, (_, i) => `/echo?${i}`));
});
test('fetch', 'bodies that nobody reads hold nobody up', async (origin) => {
  for (let i = 0; i < 100; i++) await fetch(`${origin}/hello`);
  eq(await (await fetch(`${origin}/hello`)).text(), 'hello');
});
test('fetch', 'is a function of one', () => eq([fetch.length, fetch.name], [1, 'fetch']));
