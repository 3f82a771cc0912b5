// Evaluated once per context, after globals.js and before anything else. Takes what Java and
// globals.js offer and returns what Java calls. Everything that later code could replace is taken here, while it is still the engine's own.
(function (host, globals, web) {
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
  const { get: mapGet, set: mapSet, has: mapHas } = Map.prototype;
  const { add: setAdd, delete: setDelete, forEach: setEach } = Set.prototype;
  const then = Promise.prototype.then;
  const text = String;
  const tagOf = Object.prototype.toString;
  const includes = String.prototype.includes;

  // ---- Errors that carry a code ------------------------------------------------------------

  /** What Java said of an error, as JSON, and the error made where the operation was called. */
  const reports = new WeakMapOf();

  class HearthError extends Error {
    get name() {
      return 'HearthError';
    }
  }

  /** What the web wants to be a TypeError, such as a fetch that failed. */
  class WebError extends TypeError {}

  const errorFrom = (json, trace, Kind = HearthError) => {
    const said = parse(json);
    const error = new Kind(said.message);
    defineProperties(error, {
      code: { value: said.code, enumerable: true },
      hint: { value: said.hint, enumerable: true },
      details: { value: said.details, enumerable: true },
      stack: {
        configurable: true,
        get: () => `${error.name}: ${said.message} (${said.code})\n${host.frames(trace ?? error)}`,
      },
    });
    apply(weakSet, reports, [error, { json, trace: trace ?? error }]);
    return error;
  };

  // ---- Secrets -----------------------------------------------------------------------------

  /** What secret.js returned; `undefined` while the run has no secret. */
  let secrets;
  const taken = freeze({ stringify, freeze, apply, keys, weakMap: () => new WeakMapOf(), weakGet, weakSet });
  const theSecrets = () => (secrets ??= host.secrets()(host, taken));

  /** JSON for Java alone: with handles in place of Secrets. */
  const write = (value) => (secrets === undefined ? stringify(value) : secrets.write(value));

  /** What Java wrote, with the Secrets that it marked. */
  const revive = (json) =>
    apply(includes, json, ['"hearth:secret"']) ? parse(json, theSecrets().revive) : parse(json);

  // ---- Operations --------------------------------------------------------------------------

  /** Runs `step` when the signal is aborted; returns how to leave it. */
  const onAbort = (signal, step) => {
    const abort = web.use('abort');
    if (abort.isSignal(signal)) return abort.onAbort(signal, step);
    signal.addEventListener('abort', step, { once: true });
    return () => signal.removeEventListener('abort', step);
  };

  /** What Java said when it opened a stream, for our own scripts. */
  const openings = new WeakMapOf();

  const isBytes = (value) => value instanceof Bytes;

  /**
   * One operation. The promise is real, so `await`, `Promise.all` and `finally` work; whatever goes
   * wrong becomes its rejection, never an exception here.
   */
  const call = (target, op, args, options) =>
    new PromiseOf((resolve, reject) => void begin(target, op, args, options, resolve, reject));

  /** The same for those who want no promise, whose value anyone's `then` could see; returns what to cancel it by. */
  const begin = (target, op, args, options, resolve, reject) => {
    // A facade that calls later than it was called says where that was.
    const trace = options?.trace ?? new ErrorOf();
    const bytes = options?.bytes;
    if (bytes !== undefined && !isBytes(bytes)) {
      throw new TypeError(`\`${op}\` takes bytes as a Uint8Array.`);
    }
    const signal = options?.signal ?? undefined;
    if (signal?.aborted) {
      reject(signal.reason);
      return undefined;
    }
    let id;
    const leave = signal === undefined ? undefined : onAbort(signal, () => host.cancel(id, signal.reason));
    const settler = (settle) =>
      leave === undefined
        ? settle
        : (value) => {
            leave();
            settle(value);
          };
    id = host.call(
      target,
      op,
      args === undefined ? null : write(args),
      bytes === undefined ? null : bytes.buffer,
      bytes === undefined ? 0 : bytes.byteOffset,
      bytes === undefined ? 0 : bytes.byteLength,
      settler(signal === undefined ? resolve : (value) => resolve(abortable(value, signal))),
      settler(reject),
      trace,
    );
    return id;
  };

  /** What an operation gave; a stream ends with the signal that it was opened with. */
  const abortable = (value, signal) => {
    const opening = apply(weakGet, openings, [value]);
    if (opening !== undefined) opening.signal = signal;
    return value;
  };

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
      args === undefined ? null : write(args),
      typeof data === 'string' ? data : null,
      bytes === undefined ? null : bytes.buffer,
      bytes === undefined ? 0 : bytes.byteOffset,
      bytes === undefined ? 0 : bytes.byteLength,
    );
    if (apply(weakGet, reports, [answer]) !== undefined) throw answer;
    return answer;
  };

  /** What Java pulls from, as an async iterator; leaving the loop closes the source. */
  const streamOf = (id, head) => {
    const done = freeze({ done: true, value: undefined });
    let ended = false;
    const opening = { id, head, signal: undefined };
    const take = async ({ signal }) => {
      try {
        return await call(id, 'next', undefined, { signal });
      } catch (error) {
        if (signal.aborted) await stream.return();
        throw error;
      }
    };
    const stream = freeze({
      async next() {
        if (ended) return done;
        const item = await (opening.signal === undefined ? call(id, 'next') : take(opening));
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
    apply(weakSet, openings, [stream, opening]);
    return stream;
  };

  // ---- Handles -----------------------------------------------------------------------------

  /** What handles.js returned; `undefined` while no module has handles. */
  let handles;
  const theHandles = () => (handles ??= host.handles()(taken));

  /** JSON of a step's result, and of the handles in it. */
  const writeResult = (result) =>
    handles === undefined ? { json: write(result), handles: null } : handles.write(result, secrets?.replace);

  /** A recorded result with its handles, whose modules the recipe may import later than it did. */
  const withHandles = async ({ result, handles: made }) => {
    for (const { module } of made) {
      await new PromiseOf((resolve, reject) => host.importModule(`hearth:${module}`, () => resolve(), reject));
    }
    return theHandles().revive(result, made);
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
        apply(setAdd, openSteps, [giveUp]);
        apply(then, PromiseOf.resolve(work()), [resolve, reject]);
      });
    } finally {
      apply(setDelete, openSteps, [giveUp]);
    }
  };

  /** Rejects the latest open step; `false` when none is open. Its caller's `finally` blocks run. */
  const giveUpStep = (why) => {
    let giveUp;
    apply(setEach, openSteps, [(latest) => (giveUp = latest)]);
    giveUp?.(why());
    return apply(setDelete, openSteps, [giveUp]);
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
    const entry = told === null ? { is: 'work' } : revive(told);
    if (entry.is === 'refused') throw errorFrom(stringify(entry.error));
    const before = entry.handles === undefined ? entry.result : await withHandles(entry);
    if (typeof undo === 'function') apply(mapSet, undos, [name, { undo, result: before }]);
    if (entry.is === 'done') return before;
    if (entry.is === 'failed') throw errorFrom(stringify(entry.error), trace);
    if (entry.is === 'pause') return new PromiseOf(() => {});
    let result = entry.is === 'find' ? await found(name, find, trace) : undefined;
    if (result === undefined || result === null) {
      const refused = entry.is === 'find' ? host.stepNotFound(name) : null;
      if (refused !== null) throw errorFrom(refused, trace);
      try {
        result = await unlessGivenUp(work, trace);
      } catch (error) {
        host.stepFailed(name, error); // where that cannot be recorded, the run is stopped
        throw error;
      }
    }
    if (apply(mapHas, undos, [name])) apply(mapGet, undos, [name]).result = result;
    let written;
    try {
      written = writeResult(result);
    } catch (error) {
      const unrecorded = errorFrom(host.stepResultNotJson(name, text(error)), trace);
      host.stepUnrecorded(name, unrecorded);
      throw unrecorded;
    }
    const bad = host.stepFinished(name, written.json ?? null, written.handles);
    if (bad !== null) throw errorFrom(bad);
    return result;
  };

  /** Called by Java for one step at a time, last first. */
  const undoStep = async (name) => {
    const { undo, result } = apply(mapGet, undos, [name]);
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
  const runAbort = () => (ofTheRun ??= new (web.use('abort').AbortController)());
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

  web.bridge = freeze({
    begin,
    cancel: (id, reason) => host.cancel(id, reason),
    openShared: (name) => host.openShared(name),
    /** A Secret's value, for what goes out into the world; everything else as it is. */
    revealed: (value) => (secrets !== undefined && secrets.is(value) ? secrets.reveal(value) : value),
    /** Whether a text was made of a Secret, and so has its mask in place of its value. */
    holdsMask: (said) => secrets !== undefined && apply(includes, said, ['***']),
    opening: (stream) => apply(weakGet, openings, [stream]),
    asTypeError: (error) => {
      const said = typeof error === 'object' && error !== null ? apply(weakGet, reports, [error]) : undefined;
      return said === undefined ? error : errorFrom(said.json, said.trace, WebError);
    },
  });

  /** What `hearth:binding` exports, for facades only. */
  const bindingOf = (principal) => freeze({
    open: (name, connection) => {
      const target = host.open(principal, name, connection === undefined ? null : write(connection));
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
    /** `fetch` by the operations of a binding, with its grants. */
    fetchOver: (name) => {
      const fetching = web.use('fetch').fetchOver(host.open(principal, name, null));
      defineProperties(fetching, { headOf: { value: (stream) => parse(apply(weakGet, openings, [stream]).head) } });
      return fetching;
    },
    withDefaults: (options, defaults) => ({ ...defaults, ...options }),
    /** From now on `heard` gets what bindings, and to the recipe also what the run, tell this principal. */
    listen: (heard) => host.listen(principal, (json) => heard(parse(json))),
    /** An error of a facade's own; unless it says otherwise the recipe is to blame. */
    errorFrom: (said, trace) => errorFrom(stringify({ kind: 'recipe', details: {}, ...said }), trace),
    /** Does what takes several awaits, and has its failure blame the line that asked for it. */
    blaming: async (work) => {
      const trace = new ErrorOf();
      try {
        return await work();
      } catch (error) {
        const said = typeof error === 'object' && error !== null ? apply(weakGet, reports, [error]) : undefined;
        throw said === undefined ? error : errorFrom(said.json, trace);
      }
    },
    log,
    inspect: (value) => inspect(value),
    /** How the handles of a module are made again; what marks one. Only the recipe's own come back as handles. */
    handles: (module, kinds) => (principal === 0 ? theHandles().of(module, kinds) : (kind, name, handle) => handle),
    isSecret: (value) => secrets !== undefined && secrets.is(value),
  });

  Object.defineProperty(globalThis, '__hearthBinding', {
    value: (key) => {
      const principal = host.principal(text(key));
      return principal === null ? undefined : bindingOf(principal);
    },
  });

  return {
    lock: (harden) => void harden(HearthError, WebError),
    settleJson: (resolve, json) => resolve(parse(json)),
    settleVoid: (resolve) => resolve(undefined),
    settleBytes: (resolve, buffer) => resolve(new Bytes(buffer)),
    settleText: (resolve, said) => resolve(said),
    settleStream: (resolve, id, head) => resolve(streamOf(id, head)),
    settleSecret: (resolve, handle) => resolve(theSecrets().of(handle)),
    settleSecrets: (resolve, json, handles) => resolve(theSecrets().into(parse(json), parse(handles))),
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
    rejectSleeps: (last, json) => globals.rejectSleeps(last, () => errorFrom(json)),
    giveUpStep,
    undoStep,
    follow: (promise, resolved, rejected) => void apply(then, PromiseOf.resolve(promise), [resolved, rejected]),
    startRecipe: (module, params) =>
      module.default(
        freeze({
          params: revive(params),
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
