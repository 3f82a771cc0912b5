// Evaluated once per context, after globals.js and before anything else. Takes what Java and
// globals.js offer and returns what Java calls. Everything that later code could replace is taken here, while it is still the engine's own.
(function (host, globals) {
  'use strict';

  const { parse, stringify } = JSON;
  const { freeze, defineProperties, keys } = Object;
  const { apply } = Reflect;
  const PromiseOf = Promise;
  const ErrorOf = Error;
  const Bytes = Uint8Array;
  const WeakMapOf = WeakMap;
  const weakGet = WeakMap.prototype.get;
  const weakSet = WeakMap.prototype.set;
  const then = Promise.prototype.then;
  const text = String;
  const tagOf = Object.prototype.toString;

  // ---- Errors that carry a code ------------------------------------------------------------

  /** What Java said of an error, as JSON, and the error made where the operation was called. */
  const reports = new WeakMapOf();

  class HearthError extends Error {
    get name() {
      return 'HearthError';
    }
  }

  const errorFrom = (json, trace) => {
    const said = parse(json);
    const error = new HearthError(said.message);
    defineProperties(error, {
      code: { value: said.code, enumerable: true },
      hint: { value: said.hint, enumerable: true },
      details: { value: said.details, enumerable: true },
      stack: {
        configurable: true,
        get: () => `HearthError: ${said.message} (${said.code})\n${host.frames(trace ?? error)}`,
      },
    });
    apply(weakSet, reports, [error, { json, trace: trace ?? error }]);
    return error;
  };

  // ---- Operations --------------------------------------------------------------------------

  const isBytes = (value) => value instanceof Bytes;

  /**
   * One operation. The promise is real, so `await`, `Promise.all` and `finally` work; whatever goes
   * wrong becomes its rejection, never an exception here.
   */
  const call = (target, op, args, options) =>
    new PromiseOf((resolve, reject) => {
      // A facade that calls later than it was called says where that was.
      const trace = options?.trace ?? new ErrorOf();
      const bytes = options?.bytes;
      if (bytes !== undefined && !isBytes(bytes)) {
        throw new TypeError(`\`${op}\` takes bytes as a Uint8Array.`);
      }
      const signal = options?.signal;
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const id = host.call(
        target,
        op,
        args === undefined ? null : stringify(args),
        bytes === undefined ? null : bytes.buffer,
        bytes === undefined ? 0 : bytes.byteOffset,
        bytes === undefined ? 0 : bytes.byteLength,
        resolve,
        reject,
        trace,
      );
      if (signal !== undefined && signal !== null) {
        signal.addEventListener('abort', () => host.cancel(id, signal.reason), { once: true });
      }
    });

  /**
   * One pure operation: its value, or its error thrown here.
   *
   * @param data the text or the bytes that it is about
   */
  const compute = (name, op, args, data) => {
    const bytes = isBytes(data) ? data : undefined;
    const answer = host.compute(
      name,
      op,
      args === undefined ? null : stringify(args),
      typeof data === 'string' ? data : null,
      bytes === undefined ? null : bytes.buffer,
      bytes === undefined ? 0 : bytes.byteOffset,
      bytes === undefined ? 0 : bytes.byteLength,
    );
    if (apply(weakGet, reports, [answer]) !== undefined) throw answer;
    return answer;
  };

  /** What Java pulls from, as an async iterator; leaving the loop closes the source. */
  const streamOf = (id) => {
    const done = freeze({ done: true, value: undefined });
    let ended = false;
    return freeze({
      async next() {
        if (ended) return done;
        const item = await call(id, 'next');
        if (item === undefined) {
          ended = true;
          return done;
        }
        return { done: false, value: item };
      },
      async return(value) {
        if (!ended) {
          ended = true;
          await call(id, 'close');
        }
        return { done: true, value };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    });
  };

  // ---- Steps -------------------------------------------------------------------------------

  const undos = new Map();

  /** How to reject each step that is open, the latest last. */
  const openSteps = new Set();

  /** What `work` returns, unless the step is given up before. */
  const unlessGivenUp = async (work, trace) => {
    let giveUp;
    try {
      return await new PromiseOf((resolve, reject) => {
        giveUp = (json) => reject(errorFrom(json, trace));
        openSteps.add(giveUp);
        apply(then, PromiseOf.resolve(work()), [resolve, reject]);
      });
    } finally {
      openSteps.delete(giveUp);
    }
  };

  /** Rejects the latest open step; `false` when none is open. Its caller's `finally` blocks run. */
  const giveUpStep = (why) => {
    const giveUp = [...openSteps].pop();
    giveUp?.(why());
    return openSteps.delete(giveUp);
  };

  /** The option of a step that is none or not what it must be, `null` for what is no object; else `undefined`. */
  const wrongOption = (options) => {
    if (typeof options !== 'object' || options === null) return null;
    const { undo, find, readOnly, ...others } = options;
    const unknown = keys(others)[0];
    if (unknown !== undefined) return unknown;
    if (!isFunctionOrNothing(undo)) return 'undo';
    return isFunctionOrNothing(find) ? undefined : 'find';
  };
  const isFunctionOrNothing = (value) => value === undefined || value === null || typeof value === 'function';

  /** What an earlier process left of a step: `undefined` or `null` when nothing is there. */
  const found = async (name, find, trace) => {
    try {
      return await unlessGivenUp(find, trace);
    } catch (error) {
      host.stepFindFailed(name, error);
      throw error;
    }
  };

  /** One step of the run; its start, result or error stands in the journal. */
  const step = async (title, work, options = {}) => {
    const trace = new ErrorOf();
    const name = text(title);
    if (typeof work !== 'function') {
      throw errorFrom(host.stepNeedsFunction(name));
    }
    const wrong = wrongOption(options);
    if (wrong !== undefined) throw errorFrom(host.stepOptionWrong(name, wrong), trace);
    if (stopped !== undefined) throw errorFrom(stopped, trace);
    const { undo, find, readOnly } = options;
    const effect = typeof undo === 'function' ? 'UNDOABLE' : readOnly ? 'NONE' : 'LASTING';
    const told = host.stepBegin(name, effect, typeof find === 'function');
    const entry = told === null ? { is: 'work' } : parse(told);
    if (entry.is === 'refused') throw errorFrom(stringify(entry.error));
    if (typeof undo === 'function') undos.set(name, { undo, result: entry.result });
    if (entry.is === 'done') return entry.result;
    if (entry.is === 'failed') throw errorFrom(stringify(entry.error), trace);
    if (entry.is === 'pause') return new PromiseOf(() => {});
    let result = entry.is === 'find' ? await found(name, find, trace) : undefined;
    if (result === undefined || result === null) {
      if (entry.is === 'find') host.stepNotFound(name);
      try {
        result = await unlessGivenUp(work, trace);
      } catch (error) {
        host.stepFailed(name, error);
        throw error;
      }
    }
    if (undos.has(name)) undos.get(name).result = result;
    let json;
    try {
      json = stringify(result) ?? null;
    } catch (error) {
      const unrecorded = errorFrom(host.stepResultNotJson(name, text(error)), trace);
      host.stepUnrecorded(name, unrecorded);
      throw unrecorded;
    }
    const bad = host.stepFinished(name, json);
    if (bad !== null) throw errorFrom(bad);
    return result;
  };

  /** Called by Java for one step at a time, last first. */
  const undoStep = async (name) => {
    const { undo, result } = undos.get(name);
    await undo(result);
  };

  // ---- What Java calls -----------------------------------------------------------------------

  let inspector;
  const inspect = (...values) => {
    inspector ??= host.inspector();
    return inspector(...values);
  };
  /** Why the run was stopped, as JSON; no step begins any more. */
  let stopped;
  let ofTheRun;
  const runAbort = () => (ofTheRun ??= new (host.events().AbortController)());
  const log = {};
  /** What is no object gets a name, what has no JSON is shown as by `console.log`: no log line ends a run. */
  const fieldsOf = (fields) => {
    try {
      const json = stringify(fields) ?? '{}';
      return json[0] === '{' ? json : stringify({ fields });
    } catch {
      return stringify({ fields: inspect(fields) });
    }
  };
  for (const level of ['debug', 'info', 'warn', 'error']) {
    log[level] = (message, fields) => {
      const line = typeof message === 'string' ? message : inspect(message);
      host.log(level, line, fields === undefined ? '{}' : fieldsOf(fields));
    };
  }
  freeze(log);

  /** What `hearth:binding` exports, for facades only. */
  const bindingOf = (principal) => freeze({
    open: (name, connection) => {
      const target = host.open(principal, name, connection === undefined ? null : stringify(connection));
      return new Proxy(
        {},
        { get: (_, op) => (args, options) => call(target, op, args, options) },
      );
    },
    pure: (name) => {
      const operation = (op) => (first, second) =>
        typeof first === 'string' || isBytes(first) ? compute(name, op, second, first) : compute(name, op, first);
      return new Proxy({}, { get: (_, op) => operation(op) });
    },
    withDefaults: (options, defaults) => ({ ...defaults, ...options }),
    errorFrom: (json, trace) => errorFrom(json, trace),
    log,
    inspect: (value) => inspect(value),
  });

  Object.defineProperty(globalThis, '__hearthBinding', {
    value: (key) => {
      const principal = host.principal(text(key));
      return principal === null ? undefined : bindingOf(principal);
    },
  });

  return {
    lock: (harden) => void harden(HearthError),
    settleJson: (resolve, json) => resolve(parse(json)),
    settleVoid: (resolve) => resolve(undefined),
    settleBytes: (resolve, buffer) => resolve(new Bytes(buffer)),
    settleStream: (resolve, id) => resolve(streamOf(id)),
    settleError: (reject, json, trace) => reject(errorFrom(json, trace)),
    parse: (json) => parse(json),
    bytesOf: (buffer) => new Bytes(buffer),
    settleReason: (reject, reason) => reject(reason),
    errorFrom: (json) => errorFrom(json),
    reportOf: (error) => (typeof error === 'object' && error !== null ? apply(weakGet, reports, [error])?.json : undefined),
    traceOf: (error) => (typeof error === 'object' && error !== null ? apply(weakGet, reports, [error])?.trace : undefined),
    inspect,
    toJson: (value) => stringify(value),
    abortRun: (json) => {
      stopped = json;
      runAbort().abort(errorFrom(json));
    },
    rejectSleeps: (json) => globals.rejectSleeps(() => errorFrom(json)),
    giveUpStep,
    undoStep,
    follow: (promise, resolved, rejected) => void apply(then, PromiseOf.resolve(promise), [resolved, rejected]),
    startRecipe: (module, params) =>
      module.default(
        freeze({
          params: parse(params),
          step,
          log,
          get signal() {
            return runAbort().signal;
          },
        }),
      ),
    isUndefined: (value) => value === undefined,
    defaultExport: (module) => (/Generator/.test(apply(tagOf, module.default, [])) ? 'generator' : typeof module.default),
  };
});
