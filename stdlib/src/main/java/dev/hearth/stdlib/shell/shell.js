// hearth:shell: programs as a tagged template. Every value is one word, or several if it is an array.
import { errorFrom, open } from 'hearth:binding';
import { Command, feed, read, set, template } from 'hearth:binding/command';

/** A program of this machine, whose output another one may read. */
class Program extends Command {
  quiet() {
    return set(this, 'quiet', 'verbose', false);
  }
  verbose() {
    return set(this, 'verbose', 'verbose', true);
  }
  stdin(input) {
    return input instanceof Program ? feed(this, input) : super.stdin(input);
  }
  pipe(next) {
    if (next instanceof Program) return feed(next, this);
    throw errorFrom({
      code: 'shell.pipe',
      message: '`pipe` takes a command.',
      hint: 'Write `.pipe($`…`)`.',
    });
  }
  bytes() {
    return read(this, 'bytes', 'bytes');
  }
}

export const $ = template(
  {
    ops: open('shell'),
    module: 'shell',
    malformed: 'shell.malformed',
    seenBy: 'this machine',
    written: ['`$`', '$`…` or $({ … })`…`'],
    options: ({ quiet, ...options }) => (quiet ? { ...options, verbose: false } : options),
    Command: Program,
  },
  {},
);
