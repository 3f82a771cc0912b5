// hearth:binding/command/transfer: work that tells how far it is.
import { errorFrom } from 'hearth:binding';

/**
 * Work on its way: awaited, what came of it; in `for await`, how far it is. Starts as a command does. A *kind* of it is
 *   ops     runs it: `ops[way]` to its end, `ops[way + 'Steps']` as a stream of `{ progress, result }`
 *   way     the name of the operation
 *   module  whose errors it has, such as `ssh`
 *   what    what it is in messages, such as `copy`
 */
export class Transfer {
  #kind;
  #request;
  #given;
  #result;

  constructor(kind, request, given) {
    this.#kind = kind;
    this.#request = request;
    this.#given = given;
    queueMicrotask(() => void this.#run());
  }

  #run() {
    const { ops, way } = this.#kind;
    this.#result ??= ops[way](this.#request, this.#given);
    return this.#result;
  }
  then(resolved, rejected) {
    return this.#run().then(resolved, rejected);
  }
  catch(rejected) {
    return this.#run().catch(rejected);
  }
  finally(settled) {
    return this.#run().finally(settled);
  }
  [Symbol.asyncIterator]() {
    const { module, what } = this.#kind;
    if (this.#result !== undefined) {
      throw errorFrom({
        code: `${module}.already-running`,
        message: `Its progress is asked for too late: the ${what} runs already.`,
        hint: `Begin \`for await\` over its progress before any \`await\`.`,
      });
    }
    let settle;
    this.#result = new Promise((resolved, rejected) => (settle = { resolved, rejected }));
    this.#result.catch(() => {}); // whoever reads the progress hears of it
    return this.#steps(settle);
  }
  async *#steps({ resolved, rejected }) {
    const { ops, way, module, what } = this.#kind;
    try {
      for await (const { progress, result } of await ops[`${way}Steps`](this.#request, this.#given)) {
        if (progress) yield progress;
        if (result) resolved(result);
      }
    } catch (error) {
      rejected(error);
      throw error;
    } finally {
      rejected(
        errorFrom({
          code: `${module}.${what}-abandoned`,
          message: `The ${what} was given up, since the loop over its progress was left.`,
          hint: `Read the progress to its end, or await the ${what} and do not read it.`,
        }),
      ); // unless it is settled already
    }
  }
}
