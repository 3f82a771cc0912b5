// hearth:template: texts with places for values.
import { pure } from 'hearth:binding';

const ops = pure('template');

/** The lines without the white space that all of them begin with; the first and last if empty. */
const dedented = (text) => {
  const lines = text.replace(/^[ \t]*\n/, '').replace(/\n[ \t]*$/, '\n').split('\n');
  const margins = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)[0].length);
  const margin = margins.length > 0 ? Math.min(...margins) : 0;
  return lines.map((line) => line.slice(Math.min(margin, /^[ \t]*/.exec(line)[0].length))).join('\n');
};

/** Values of several lines keep the column in which they stand. */
const dedent = (strings, ...values) => {
  const MARK = '\u0000';
  if (typeof strings === 'string') return dedented(strings);
  const pieces = dedented(strings.join(MARK)).split(MARK);
  return pieces.reduce((text, piece, index) => {
    const column = /(?:^|\n)([ \t]*)[^\n]*$/.exec(text)?.[1] ?? '';
    return text + String(values[index - 1]).replaceAll('\n', `\n${column}`) + piece;
  });
};

export const template = Object.freeze({
  render: (text, data = {}, options) => ops.render(text, { data, ...options }),
  dedent,
});
