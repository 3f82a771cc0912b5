import { test, eq, ok, throws, bytesOf, textOf } from './harness.js';

// ---- TextEncoder --------------------------------------------------------------------------------

for (const [text, octets] of [
  ['', []], ['a', [0x61]], ['ä', [0xc3, 0xa4]], ['€', [0xe2, 0x82, 0xac]], ['😀', [0xf0, 0x9f, 0x98, 0x80]],
  ['\u0000', [0]], ['\ud800', [0xef, 0xbf, 0xbd]], ['\udc00x', [0xef, 0xbf, 0xbd, 0x78]], ['\ufeff', [0xef, 0xbb, 0xbf]],
]) {
  test('TextEncoder', `encodes ${JSON.stringify(text)}`, () => eq(new TextEncoder().encode(text), bytesOf(...octets)));
}
test('TextEncoder', 'is utf-8', () => eq(new TextEncoder().encoding, 'utf-8'));
test('TextEncoder', 'encodes nothing for undefined', () => eq(new TextEncoder().encode().length, 0));
test('TextEncoder', 'what it makes is a buffer of its own', () => {
  const bytes = new TextEncoder().encode('abc');
  eq([bytes.byteOffset, bytes.constructor === Uint8Array], [0, true]);
  eq(structuredClone(bytes.buffer, { transfer: [bytes.buffer] }).byteLength >= 3, true);
});
for (const [text, room, read, written, octets] of [
  ['abc', 5, 3, 3, [97, 98, 99, 0, 0]], ['abc', 2, 2, 2, [97, 98]], ['a😀', 4, 1, 1, [97, 0, 0, 0]],
  ['a😀', 5, 3, 5, [97, 0xf0, 0x9f, 0x98, 0x80]], ['ää', 3, 1, 2, [0xc3, 0xa4, 0]], ['\ud800', 3, 1, 3, [0xef, 0xbf, 0xbd]], ['', 2, 0, 0, [0, 0]],
]) {
  test('TextEncoder', `encodeInto ${JSON.stringify(text)} with room for ${room}`, () => {
    const target = new Uint8Array(room);
    eq(new TextEncoder().encodeInto(text, target), { read, written });
    eq(target, bytesOf(...octets));
  });
}
test('TextEncoder', 'encodeInto writes nowhere else', () => {
  const whole = new Uint8Array(6);
  new TextEncoder().encodeInto('abc', whole.subarray(2, 4));
  eq(whole, bytesOf(0, 0, 97, 98, 0, 0));
});
test('TextEncoder', 'encodeInto takes a Uint8Array only', () => throws(() => new TextEncoder().encodeInto('a', new Int8Array(2)), TypeError));

// ---- TextDecoder --------------------------------------------------------------------------------

for (const [label, name] of [
  ['utf8', 'utf-8'], [' UTF-8\n', 'utf-8'], ['latin1', 'windows-1252'], ['ascii', 'windows-1252'], ['iso-8859-1', 'windows-1252'],
  ['utf-16', 'utf-16le'], ['unicodefffe', 'utf-16be'], ['sjis', 'shift_jis'], ['gb2312', 'gbk'], ['iso88592', 'iso-8859-2'],
  ['cp1251', 'windows-1251'], ['ks_c_5601-1987', 'euc-kr'], ['big5-hkscs', 'big5'], ['koi8', 'koi8-r'], ['x-mac-roman', 'macintosh'],
  ['iso-8859-9', 'windows-1254'], ['l9', 'iso-8859-15'], ['logical', 'iso-8859-8-i'], ['tis-620', 'windows-874'],
]) {
  test('TextDecoder', `the label ${JSON.stringify(label)}`, () => eq(new TextDecoder(label).encoding, name));
}
for (const label of ['utf-7', '', 'utf-8\u0000', 'replacement', 'utf 8', 'utf-32']) {
  test('TextDecoder', `${JSON.stringify(label)} is no label`, () => throws(() => new TextDecoder(label), RangeError));
}
for (const [label, octets, text] of [
  ['utf-8', [0xc3, 0xa4], 'ä'], ['utf-8', [0xef, 0xbb, 0xbf, 0x61], 'a'], ['utf-8', [0xff], '\ufffd'],
  ['utf-8', [0xc3], '\ufffd'], ['utf-8', [0xe2, 0x82], '\ufffd'], ['utf-8', [0xf0, 0x9f, 0x98], '\ufffd'],
  ['utf-8', [0xc0, 0x80], '\ufffd\ufffd'], ['utf-8', [0xed, 0xa0, 0x80], '\ufffd\ufffd\ufffd'], ['utf-8', [0xe2, 0x61], '\ufffda'],
  ['utf-8', [0xf5, 0x80], '\ufffd\ufffd'], ['utf-8', [0xf4, 0x90, 0x80, 0x80], '\ufffd\ufffd\ufffd\ufffd'],
  ['utf-16le', [0x61, 0x00, 0xe4, 0x00], 'aä'], ['utf-16be', [0x00, 0x61], 'a'], ['utf-16le', [0xff, 0xfe, 0x61, 0x00], 'a'],
  ['utf-16le', [0x3d, 0xd8, 0x00, 0xde], '😀'], ['utf-16le', [0x3d, 0xd8], '\ufffd'], ['utf-16le', [0x61], '\ufffd'],
  ['utf-16le', [0x00, 0xdc], '\ufffd'], ['utf-16le', [0x3d, 0xd8, 0x61, 0x00], '\ufffda'],
  ['windows-1252', [0x80, 0xe4, 0x81], '€ä\u0081'], ['iso-8859-15', [0xa4], '€'], ['iso-8859-2', [0xb1], 'ą'],
  ['windows-1251', [0xcf, 0xf0], 'Пр'], ['koi8-r', [0xf0], 'П'], ['shift_jis', [0x82, 0xa0, 0xb1], 'あｱ'],
  ['euc-jp', [0xa4, 0xa2], 'あ'], ['gbk', [0xc4, 0xe3], '你'], ['gb18030', [0x81, 0x30, 0x81, 0x30], '\u0080'],
  ['big5', [0xa7, 0x41], '你'], ['euc-kr', [0xb0, 0xa1], '가'], ['iso-2022-jp', [0x1b, 0x24, 0x42, 0x24, 0x22], 'あ'],
  ['macintosh', [0x80], 'Ä'], ['ibm866', [0x80], 'А'], ['windows-1253', [0xe1], 'α'],
]) {
  test('TextDecoder', `${label} ${octets.map((o) => o.toString(16)).join(' ')}`, () =>
    eq(new TextDecoder(label).decode(bytesOf(...octets)), text));
}
for (const [label, octets] of [
  ['utf-8', [0xff]], ['utf-8', [0xc3]], ['utf-8', [0xed, 0xa0, 0x80]], ['utf-16le', [0x61]], ['utf-16le', [0x00, 0xdc]],
  ['utf-16be', [0xd8, 0x00]], ['euc-jp', [0xff]], ['shift_jis', [0x82]],
]) {
  test('TextDecoder', `fatal ${label} refuses ${octets.map((o) => o.toString(16)).join(' ')}`, () =>
    throws(() => new TextDecoder(label, { fatal: true }).decode(bytesOf(...octets)), TypeError));
}
test('TextDecoder', 'ignoreBOM keeps the mark', () =>
  eq(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOf(0xef, 0xbb, 0xbf, 0x61)), '\ufeffa'));
test('TextDecoder', 'only the first mark is one', () =>
  eq(new TextDecoder().decode(bytesOf(0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf)), '\ufeff'));
test('TextDecoder', 'a character may come in pieces', () => {
  const decoder = new TextDecoder();
  eq(decoder.decode(bytesOf(0xf0, 0x9f), { stream: true }), '');
  eq(decoder.decode(bytesOf(0x98, 0x80), { stream: true }), '😀');
  eq(decoder.decode(), '');
});
test('TextDecoder', 'what never came to its end is replaced', () => {
  const decoder = new TextDecoder();
  eq(decoder.decode(bytesOf(0x61, 0xe2), { stream: true }), 'a');
  eq(decoder.decode(), '\ufffd');
});
test('TextDecoder', 'the mark may come in pieces', () => {
  const decoder = new TextDecoder();
  eq(decoder.decode(bytesOf(0xef, 0xbb), { stream: true }) + decoder.decode(bytesOf(0xbf, 0x61)), 'a');
});
test('TextDecoder', 'utf-16 in single bytes', () => {
  const decoder = new TextDecoder('utf-16le');
  let text = '';
  for (const octet of [0x3d, 0xd8, 0x00, 0xde]) text += decoder.decode(bytesOf(octet), { stream: true });
  eq(text + decoder.decode(), '😀');
});
test('TextDecoder', 'after a failure it begins anew', () => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  throws(() => decoder.decode(bytesOf(0xff)), TypeError);
  eq(decoder.decode(bytesOf(0x61)), 'a');
});
test('TextDecoder', 'takes buffers and any view', () => {
  const bytes = bytesOf(0x61, 0x62, 0x63, 0x64);
  const decoder = new TextDecoder();
  eq([decoder.decode(bytes.buffer), decoder.decode(new DataView(bytes.buffer, 1, 2)), decoder.decode(new Uint16Array(bytes.buffer))], ['abcd', 'bc', 'abcd']);
});
test('TextDecoder', 'takes nothing else', () => throws(() => new TextDecoder().decode('abc'), TypeError));
test('TextDecoder', 'says how it was made', () => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  eq([decoder.fatal, decoder.ignoreBOM, new TextDecoder().fatal], [true, true, false]);
});

// ---- atob, btoa ---------------------------------------------------------------------------------

for (const [text, base64] of [['', ''], ['a', 'YQ=='], ['ab', 'YWI='], ['abc', 'YWJj'], ['\u0000\u00ff', 'AP8='], ['äöü', '5Pb8']]) {
  test('base64', `btoa ${JSON.stringify(text)}`, () => eq(btoa(text), base64));
  test('base64', `atob ${JSON.stringify(base64)}`, () => eq(atob(base64), text));
}
for (const [base64, text] of [[' YQ = = ', 'a'], ['YQ', 'a'], ['YWI', 'ab'], ['\tY\nQ\f=\r=', 'a'], ['YR==', 'a'], [null, '\u009e\u00e9e']]) {
  test('base64', `atob is forgiving about ${JSON.stringify(base64)}`, () => eq(atob(base64), text));
}
for (const wrong of ['a', 'ab=', 'abc==', '=', '====', 'ab-_', 'YQ\u00a0', 'a=b', 'YWJjZ', 'ä', undefined]) {
  test('base64', `atob refuses ${JSON.stringify(wrong)}`, () => throws(() => atob(wrong), 'InvalidCharacterError'));
}
test('base64', 'btoa refuses what is no byte', () => throws(() => btoa('€'), 'InvalidCharacterError'));
test('base64', 'btoa takes numbers', () => eq(btoa(12), 'MTI='));
test('base64', 'without an argument is a TypeError', () => throws(() => atob(), TypeError));

// ---- Streams of text ----------------------------------------------------------------------------

const through = async (transform, chunks) => {
  const all = [];
  for await (const chunk of ReadableStream.from(chunks).pipeThrough(transform)) all.push(chunk);
  return all;
};
test('text streams', 'TextEncoderStream joins halves of characters', async () => {
  const chunks = await through(new TextEncoderStream(), ['a\ud83d', '\ude00']);
  eq(chunks.map(textOf).join(''), 'a😀');
});
test('text streams', 'TextEncoderStream replaces a half that stays alone', async () =>
  eq((await through(new TextEncoderStream(), ['\ud83d'])).map(textOf).join(''), '\ufffd'));
test('text streams', 'TextDecoderStream joins bytes of characters', async () =>
  eq((await through(new TextDecoderStream(), [bytesOf(0xc3), bytesOf(0xa4, 0x62)])).join(''), 'äb'));
test('text streams', 'TextDecoderStream ends with what is missing', async () =>
  eq((await through(new TextDecoderStream(), [bytesOf(0xc3)])).join(''), '\ufffd'));
test('text streams', 'TextDecoderStream takes label and options', () => {
  const stream = new TextDecoderStream('latin1', { fatal: true });
  eq([stream.encoding, stream.fatal, stream.ignoreBOM], ['windows-1252', true, false]);
});
test('text streams', 'they have both ends', () => {
  const stream = new TextEncoderStream();
  ok(stream.readable instanceof ReadableStream && stream.writable instanceof WritableStream);
  eq(stream.encoding, 'utf-8');
});
