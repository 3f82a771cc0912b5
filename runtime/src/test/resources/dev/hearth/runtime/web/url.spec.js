import { test, eq, ok, throws } from './harness.js';

// What is parsed, against which base, and what comes out; null for what is no URL.
const PARSED = [
  ['http://example.org', null, 'http://example.org/'],
  ['  http://example.org/  ', null, 'http://example.org/'],
  ['HTTP://EXAMPLE.org:80/A', null, 'http://example.org/A'],
  ['https://example.org:443/', null, 'https://example.org/'],
  ['https://example.org:444/', null, 'https://example.org:444/'],
  ['http://example.org:00080/', null, 'http://example.org/'],
  ['http://example.org:/', null, 'http://example.org/'],
  ['http://example.org:65536/', null, null],
  ['http://example.org:8a/', null, null],
  ['http://user:pass@example.org/', null, 'http://user:pass@example.org/'],
  ['http://user@example.org/', null, 'http://user@example.org/'],
  ['http://:pass@example.org/', null, 'http://:pass@example.org/'],
  ['http://@example.org/', null, 'http://example.org/'],
  ['http://a@b@example.org/', null, 'http://a%40b@example.org/'],
  ['http://a:b:c@example.org/', null, 'http://a:b%3Ac@example.org/'],
  ['http://user@/x', null, null],
  ['http://', null, null],
  ['http:///example.org/x', null, 'http://example.org/x'],
  ['http:\\\\example.org\\x', null, 'http://example.org/x'],
  ['http:example.org', null, 'http://example.org/'],
  ['http:/example.org', null, 'http://example.org/'],
  ['ht\ntp://exa\tmple.org/\r', null, 'http://example.org/'],
  ['//other.org/x', 'http://example.org/a', 'http://other.org/x'],
  ['/x', 'http://example.org/a/b', 'http://example.org/x'],
  ['x', 'http://example.org/a/b', 'http://example.org/a/x'],
  ['./x', 'http://example.org/a/b', 'http://example.org/a/x'],
  ['../x', 'http://example.org/a/b/c', 'http://example.org/a/x'],
  ['../../../../x', 'http://example.org/a/b', 'http://example.org/x'],
  ['..', 'http://example.org/a/b/c', 'http://example.org/a/'],
  ['.', 'http://example.org/a/b/c', 'http://example.org/a/b/'],
  ['', 'http://example.org/a?q#f', 'http://example.org/a?q'],
  ['?x', 'http://example.org/a?q#f', 'http://example.org/a?x'],
  ['#x', 'http://example.org/a?q#f', 'http://example.org/a?q#x'],
  ['http:x', 'http://example.org/a/b', 'http://example.org/a/x'],
  ['http:/x', 'http://example.org/a/b', 'http://example.org/x'],
  ['https:/x', 'http://example.org/a/b', 'https://x/'],
  ['%2e%2E/x', 'http://example.org/a/b/c', 'http://example.org/a/x'],
  ['.%2e/x', 'http://example.org/a/b/c', 'http://example.org/a/x'],
  ['%2e/x', 'http://example.org/a/b/c', 'http://example.org/a/b/x'],
  ['a/..', 'http://example.org/', 'http://example.org/'],
  ['a/./b/../c', 'http://example.org/', 'http://example.org/a/c'],
  ['x', null, null],
  ['/x', null, null],
  ['x', 'mailto:a@b', null],
  ['#x', 'mailto:a@b', 'mailto:a@b#x'],
  ['mailto:a@b.c', null, 'mailto:a@b.c'],
  ['javascript:alert(1)', null, 'javascript:alert(1)'],
  ['data:text/plain,hello world', null, 'data:text/plain,hello world'],
  ['blob:https://example.org/id', null, 'blob:https://example.org/id'],
  ['foo://bar/baz', null, 'foo://bar/baz'],
  ['foo:///p', null, 'foo:///p'],
  ['foo:/p', null, 'foo:/p'],
  ['foo://ho\u0000st/', null, null],
  ['foo://h o st/', null, null],
  ['foo://BAR/', null, 'foo://BAR/'],
  ['foo://ex%41mple/', null, 'foo://ex%41mple/'],
  ['web+demo:/.//not-a-host/', null, 'web+demo:/.//not-a-host/'],
  ['web+demo:/a/..//b', null, 'web+demo:/.//b'],
  ['http://ex ample.org/', null, null],
  ['http://ex%20ample.org/', null, null],
  ['http://ex%41mple.org/', null, 'http://example.org/'],
  ['http://exam<ple.org/', null, null],
  ['http://a|b/', null, null],
  ['http://a^b/', null, null],
  ['http://a_b/', null, 'http://a_b/'],
  ['http://münchen.example/', null, 'http://xn--mnchen-3ya.example/'],
  ['http://MÜNCHEN.example/', null, 'http://xn--mnchen-3ya.example/'],
  ['http://faß.example/', null, 'http://xn--fa-hia.example/'],
  ['http://☃.net/', null, 'http://xn--n3h.net/'],
  ['http://日本語.jp/', null, 'http://xn--wgv71a119e.jp/'],
  ['http://Ｇｏ.com/', null, 'http://go.com/'],
  ['http://example。org/', null, 'http://example.org/'],
  ['http://exa\u00admple.org/', null, 'http://example.org/'],
  ['http://\u00ad/', null, null],
  ['http://xn--a/', null, null],
  ['http://a..b/', null, 'http://a..b/'],
  ['http://example.org./', null, 'http://example.org./'],
  ['http://-x-/', null, 'http://-x-/'],
  ['http://127.0.0.1/', null, 'http://127.0.0.1/'],
  ['http://127.1/', null, 'http://127.0.0.1/'],
  ['http://0x7f.1/', null, 'http://127.0.0.1/'],
  ['http://0177.0.0.01/', null, 'http://127.0.0.1/'],
  ['http://2130706433/', null, 'http://127.0.0.1/'],
  ['http://0x7f000001/', null, 'http://127.0.0.1/'],
  ['http://192.168.257/', null, 'http://192.168.1.1/'],
  ['http://1.2.3.4.5/', null, null],
  ['http://256.1.1.1/', null, null],
  ['http://4294967296/', null, null],
  ['http://0x/', null, 'http://0.0.0.0/'],
  ['http://08.1.1.1/', null, null],
  ['http://1.2.3.4./', null, 'http://1.2.3.4/'],
  ['http://foo.0x4/', null, null],
  ['http://foo.09/', null, null],
  ['http://1.2.3.foo/', null, 'http://1.2.3.foo/'],
  ['http://０Ｘｃ０．０２５０．０１/', null, 'http://192.168.0.1/'],
  ['http://[::1]/', null, 'http://[::1]/'],
  ['http://[1:0:0:0:0:0:0:1]/', null, 'http://[1::1]/'],
  ['http://[::127.0.0.1]/', null, 'http://[::7f00:1]/'],
  ['http://[0:0:1:0:0:0:1:0]/', null, 'http://[0:0:1::1:0]/'],
  ['http://[1:2:3:4:5:6:7:8]/', null, 'http://[1:2:3:4:5:6:7:8]/'],
  ['http://[ABCD::]:8080/', null, 'http://[abcd::]:8080/'],
  ['http://[1::2::3]/', null, null],
  ['http://[1:2:3]/', null, null],
  ['http://[::1', null, null],
  ['http://[::1]x/', null, null],
  ['http://[12345::]/', null, null],
  ['http://[::1%25eth0]/', null, null],
  ['http://[::256.1.1.1]/', null, null],
  ['http://[::1.2.3]/', null, null],
  ['http://[::1.2.3.04]/', null, null],
  ['http://[1:2:3:4:5:6:7::]/', null, 'http://[1:2:3:4:5:6:7:0]/'],
  ['http://[::2:3:4:5:6:7:8]/', null, 'http://[0:2:3:4:5:6:7:8]/'],
  ['http://example.org/a b', null, 'http://example.org/a%20b'],
  ['http://example.org/ä', null, 'http://example.org/%C3%A4'],
  ['http://example.org/%zz', null, 'http://example.org/%zz'],
  ['http://example.org/"<>`{}', null, 'http://example.org/%22%3C%3E%60%7B%7D'],
  ['http://example.org/|\'$&()*+,;=:@[]', null, "http://example.org/|'$&()*+,;=:@[]"],
  ['http://example.org/?a b"<>\'`', null, 'http://example.org/?a%20b%22%3C%3E%27`'],
  ['foo://x/?a\'b', null, "foo://x/?a'b"],
  ['http://example.org/#a b"<>`', null, 'http://example.org/#a%20b%22%3C%3E%60'],
  ['http://example.org/?q#f?x#y', null, 'http://example.org/?q#f?x#y'],
  ['http://example.org/\ud800', null, 'http://example.org/%EF%BF%BD'],
  ['http://example.org/😀', null, 'http://example.org/%F0%9F%98%80'],
  ['http://example.org//a//b', null, 'http://example.org//a//b'],
  ['file:///etc/passwd', null, 'file:///etc/passwd'],
  ['file:/etc', null, 'file:///etc'],
  ['file:etc', null, 'file:///etc'],
  ['file://localhost/etc', null, 'file:///etc'],
  ['file://host/etc', null, 'file://host/etc'],
  ['file:///C|/x', null, 'file:///C:/x'],
  ['file:C:/x', null, 'file:///C:/x'],
  ['/x', 'file:///C:/a/b', 'file:///C:/x'],
  ['..', 'file:///C:/', 'file:///C:/'],
  ['D:/x', 'file:///C:/a', 'd:/x'],
  ['//host/x', 'file:///a', 'file://host/x'],
  ['x', 'file:///a/b', 'file:///a/x'],
  ['?q', 'file:///a/b', 'file:///a/b?q'],
  ['ws://example.org:80/', null, 'ws://example.org/'],
  ['wss://example.org:443/x', null, 'wss://example.org/x'],
  ['ftp://example.org:21/', null, 'ftp://example.org/'],
  ['1http://x', null, null],
  ['ht-tp+.1://x', null, 'ht-tp+.1://x'],
  [':x', null, null],
];
for (const [input, base, href] of PARSED) {
  test('URL', `parses ${JSON.stringify(input)}${base === null ? '' : ` against ${base}`}`, () => {
    const args = base === null ? [input] : [input, base];
    eq(URL.canParse(...args), href !== null, 'canParse');
    if (href === null) throws(() => new URL(...args), TypeError);
    else {
      eq(new URL(...args).href, href, 'href');
      eq(new URL(href).href, href, 'what it is when parsed again');
    }
  });
}

// A URL, the part that is set, to what, and what the URL is then.
const SET = [
  ['http://example.org/', 'protocol', 'https', 'https://example.org/'],
  ['http://example.org/', 'protocol', 'https:x', 'https://example.org/'],
  ['http://example.org/', 'protocol', 'foo', 'http://example.org/'],
  ['foo://example.org/', 'protocol', 'http', 'foo://example.org/'],
  ['https://example.org:80/', 'protocol', 'http', 'http://example.org/'],
  ['http://example.org/', 'protocol', 'file', 'file://example.org/'],
  ['http://u@example.org/', 'protocol', 'file', 'http://u@example.org/'],
  ['http://example.org/', 'username', 'a b', 'http://a%20b@example.org/'],
  ['http://a@example.org/', 'username', '', 'http://example.org/'],
  ['file:///x', 'username', 'a', 'file:///x'],
  ['http://example.org/', 'password', 'p:@', 'http://:p%3A%40@example.org/'],
  ['http://example.org/', 'host', 'other.org:81', 'http://other.org:81/'],
  ['http://example.org:81/', 'host', 'other.org', 'http://other.org:81/'],
  ['http://example.org/', 'host', 'other.org/x', 'http://other.org/'],
  ['http://example.org/', 'host', '', 'http://example.org/'],
  ['http://example.org/', 'host', 'a b', 'http://example.org/'],
  ['mailto:a', 'host', 'x', 'mailto:a'],
  ['http://example.org:81/', 'hostname', 'other.org', 'http://other.org:81/'],
  ['http://example.org/', 'hostname', '0x7f.1', 'http://127.0.0.1/'],
  ['http://example.org/', 'hostname', 'ä.org', 'http://xn--4ca.org/'],
  ['http://example.org/', 'port', '8080', 'http://example.org:8080/'],
  ['http://example.org:8080/', 'port', '80', 'http://example.org/'],
  ['http://example.org:8080/', 'port', '', 'http://example.org/'],
  ['http://example.org:8080/', 'port', '90x', 'http://example.org:90/'],
  ['http://example.org:8080/', 'port', 'x', 'http://example.org:8080/'],
  ['http://example.org:8080/', 'port', '65536', 'http://example.org:8080/'],
  ['file:///x', 'port', '1', 'file:///x'],
  ['http://example.org/a', 'pathname', 'b c', 'http://example.org/b%20c'],
  ['http://example.org/a', 'pathname', '', 'http://example.org/'],
  ['http://example.org/a', 'pathname', '/../x?y#z', 'http://example.org/x%3Fy%23z'],
  ['foo://h/a', 'pathname', '', 'foo://h'],
  ['mailto:a', 'pathname', 'b', 'mailto:a'],
  ['http://example.org/', 'search', 'a=b', 'http://example.org/?a=b'],
  ['http://example.org/', 'search', '?a#b', 'http://example.org/?a%23b'],
  ['http://example.org/?a', 'search', '', 'http://example.org/'],
  ['http://example.org/', 'hash', 'a b', 'http://example.org/#a%20b'],
  ['http://example.org/#a', 'hash', '', 'http://example.org/'],
  ['http://example.org/', 'hash', '##', 'http://example.org/##'],
  ['http://example.org/', 'href', 'https://x/', 'https://x/'],
];
for (const [url, part, value, href] of SET) {
  test('URL', `${part} = ${JSON.stringify(value)} on ${url}`, () => {
    const changed = new URL(url);
    changed[part] = value;
    eq(changed.href, href);
  });
}

test('URL', 'has all its parts', () => {
  const url = new URL('https://u:p@example.org:8080/a/b?c=d#e');
  eq(
    [url.protocol, url.username, url.password, url.host, url.hostname, url.port, url.pathname, url.search, url.hash, url.origin],
    ['https:', 'u', 'p', 'example.org:8080', 'example.org', '8080', '/a/b', '?c=d', '#e', 'https://example.org:8080'],
  );
});
test('URL', 'an empty query and fragment are not seen, but stay in href', () => {
  const url = new URL('http://x/?#');
  eq([url.search, url.hash, url.href], ['', '', 'http://x/?#']);
});
for (const [url, origin] of [
  ['http://x:80/', 'http://x'], ['file:///x', 'null'], ['data:,x', 'null'], ['mailto:a', 'null'],
  ['blob:https://x/y', 'https://x'], ['blob:ftp://x/y', 'null'], ['ws://x/', 'ws://x'], ['foo://x/', 'null'],
]) {
  test('URL', `the origin of ${url}`, () => eq(new URL(url).origin, origin));
}
test('URL', 'is needed to be made with new', () => throws(() => URL('http://x/'), TypeError));
test('URL', 'without an argument is a TypeError', () => throws(() => new URL(), TypeError));
test('URL', 'a base that is none is a TypeError', () => throws(() => new URL('x', 'y'), TypeError));
test('URL', 'an undefined base is none', () => eq(new URL('http://x/', undefined).href, 'http://x/'));
test('URL', 'toString and toJSON give href', () => {
  const url = new URL('http://x/');
  eq([String(url), JSON.stringify({ url })], ['http://x/', '{"url":"http://x/"}']);
});
test('URL', 'href refuses what is no URL', () => throws(() => (new URL('http://x/').href = 'y'), TypeError));
test('URL', 'has its class string and enumerable members', () => {
  eq(Object.prototype.toString.call(new URL('http://x/')), '[object URL]');
  ok(Object.getOwnPropertyDescriptor(URL.prototype, 'href').enumerable);
  ok(!Object.getOwnPropertyDescriptor(globalThis, 'URL').enumerable);
});
test('URL', 'a getter on what is no URL is a TypeError', () =>
  throws(() => Object.getOwnPropertyDescriptor(URL.prototype, 'href').get.call({}), TypeError));
test('URL', 'searchParams is one object that is live both ways', () => {
  const url = new URL('http://x/?a=1');
  const params = url.searchParams;
  params.append('b', '2 3');
  eq(url.href, 'http://x/?a=1&b=2+3');
  url.search = '?c=4';
  eq([params.get('c'), params.has('a'), url.searchParams === params], ['4', false, true]);
  params.delete('c');
  eq(url.href, 'http://x/');
});

// ---- URLSearchParams ----------------------------------------------------------------------------

for (const [input, text] of [
  ['a=b&c=d', 'a=b&c=d'], ['?a=b', 'a=b'], ['a+b=c%20d', 'a+b=c+d'], ['a', 'a='], ['=a', '=a'], ['&&a=b&', 'a=b'],
  ['a=b=c', 'a=b%3Dc'], ['%zz=%', '%25zz=%25'], ['ä=€', '%C3%A4=%E2%82%AC'], ['a=\u0000', 'a=%00'],
  ['a=*-._~!\'()', 'a=*-._%7E%21%27%28%29'], ['a=%ff', 'a=%EF%BF%BD'], ['', ''], ['a=😀', 'a=%F0%9F%98%80'],
  ['a=%EF%BB%BFb', 'a=%EF%BB%BFb'],
]) {
  test('URLSearchParams', `reads ${JSON.stringify(input)}`, () => eq(new URLSearchParams(input).toString(), text));
}
test('URLSearchParams', 'is made of a record', () => eq(new URLSearchParams({ a: 1, b: null }).toString(), 'a=1&b=null'));
test('URLSearchParams', 'is made of pairs', () => eq(new URLSearchParams([['a', 1], ['a', 2]]).toString(), 'a=1&a=2'));
test('URLSearchParams', 'is made of another', () => eq(new URLSearchParams(new URLSearchParams('a=1&a=2')).toString(), 'a=1&a=2'));
test('URLSearchParams', 'is made of a Map', () => eq(new URLSearchParams(new Map([['a', 'b']])).toString(), 'a=b'));
test('URLSearchParams', 'is made of FormData', () => {
  const form = new FormData();
  form.append('a', 'b');
  eq(new URLSearchParams(form).toString(), 'a=b');
});
test('URLSearchParams', 'a pair of three is a TypeError', () => throws(() => new URLSearchParams([['a', 'b', 'c']]), TypeError));
test('URLSearchParams', 'a pair that is a number is a TypeError', () => throws(() => new URLSearchParams([1]), TypeError));
test('URLSearchParams', 'a symbol is a TypeError', () => throws(() => new URLSearchParams({ a: Symbol('x') }), TypeError));
test('URLSearchParams', 'null is a text', () => eq(new URLSearchParams(null).toString(), 'null='));
test('URLSearchParams', 'get, getAll, has', () => {
  const params = new URLSearchParams('a=1&b=2&a=3');
  eq([params.get('a'), params.get('x'), params.getAll('a'), params.has('b'), params.has('x')], ['1', null, ['1', '3'], true, false]);
});
test('URLSearchParams', 'has and delete may name the value', () => {
  const params = new URLSearchParams('a=1&a=2');
  eq([params.has('a', '2'), params.has('a', '3')], [true, false]);
  params.delete('a', '1');
  eq(params.toString(), 'a=2');
});
test('URLSearchParams', 'set replaces the first and removes the others', () => {
  const params = new URLSearchParams('a=1&b=2&a=3');
  params.set('a', '4');
  params.set('c', '5');
  eq(params.toString(), 'a=4&b=2&c=5');
});
test('URLSearchParams', 'sort is by code units and stable', () => {
  const params = new URLSearchParams('z=b&a=b&z=a&a=a');
  params.sort();
  eq(params.toString(), 'a=b&a=a&z=b&z=a');
  const others = new URLSearchParams('ﬃ&🌈');
  others.sort();
  eq([...others.keys()], ['🌈', 'ﬃ']);
});
test('URLSearchParams', 'is iterable, live', () => {
  const params = new URLSearchParams('a=1&b=2');
  const seen = [];
  for (const [name, value] of params) {
    seen.push(name + value);
    if (name === 'a') params.append('c', '3');
  }
  eq(seen, ['a1', 'b2', 'c3']);
  eq([[...params.keys()], [...params.values()]], [['a', 'b', 'c'], ['1', '2', '3']]);
  ok(params[Symbol.iterator] === params.entries);
});
test('URLSearchParams', 'size counts', () => eq(new URLSearchParams('a&a&b').size, 3));
test('URLSearchParams', 'forEach gives value, name, and itself', () => {
  const seen = [];
  const params = new URLSearchParams('a=1');
  params.forEach(function (value, name, all) {
    seen.push(value, name, all === params, this.x);
  }, { x: 9 });
  eq(seen, ['1', 'a', true, 9]);
});
test('URLSearchParams', 'append without a value is a TypeError', () => throws(() => new URLSearchParams().append('a'), TypeError));
test('URLSearchParams', 'its iterator has a class string', () =>
  eq(Object.prototype.toString.call(new URLSearchParams().entries()), '[object URLSearchParams Iterator]'));
