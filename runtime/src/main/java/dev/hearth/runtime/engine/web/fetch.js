// fetch: the request as Java takes it, the answer as the web has it. Redirects, limits and the gate are
// Java's.
(function (web) {
  'use strict';

  const { need } = web.use('idl');
  const bytes = web.use('bytes');
  const { Headers, fieldsOf, received, guard } = web.use('headers');
  const { Request, stateOf } = web.use('request');
  const { newResponse, Body } = web.use('response');
  const { PromiseOf, Bytes, parse } = web.statics;
  const { then } = web.methods('promise');
  const { charCodeAt, indexOf, slice, endsWith } = web.methods('string');
  const { bridge } = web;
  /** The web's failure of a fetch is a TypeError; it keeps Hearth's code, hint and details. */
  const { asTypeError } = bridge;

  /** Runs `step` when the signal is aborted, if there is one; returns how to leave it. */
  const onAbort = (signal, step) => (signal === undefined ? () => {} : web.use('abort').onAbort(signal, step));

  const flat = (headers) => {
    const fields = fieldsOf(headers);
    const list = [];
    for (let i = 0; i < fields.length; i++) list[i] = [fields[i].name, fields[i].value];
    return list;
  };

  /** Fetching by the operations of one target: the recipe's own, or those of a facade. */
  const fetchOver = (target) => {
    const ask = (op, args, content, resolve, reject) => {
      const bytesOption = content === undefined ? undefined : { bytes: content };
      return bridge.begin(target, op, args, bytesOption, resolve, reject);
    };

    /** The chunks of a stream go to Java one by one, each when there is room for it. */
    const upload = (id, stream, failed) => {
      const reader = stream.getReader();
      const stop = (error) => {
        then(reader.cancel(error), undefined, () => {});
        ask('abandonUpload', { id }, undefined, () => {}, () => {});
        failed(error);
      };
      const pull = () => then(reader.read(), step, stop);
      const step = ({ done, value }) => {
        if (done) {
          ask('endUpload', { id }, undefined, () => {}, stop);
        } else if (!ArrayBuffer.isView(value) || bytes.kindOf(value) !== 'Uint8Array') {
          stop(new TypeError('A body is a stream of Uint8Array chunks.'));
        } else {
          ask('upload', { id }, value, pull, stop);
        }
      };
      pull();
    };

    /** The body that Java holds; when the signal is aborted, it is given up. */
    const sourceOf = (id, signal) => {
      let reading;
      const leave = onAbort(signal, () => {
        if (reading !== undefined) bridge.cancel(reading, signal.reason);
        bridge.begin(id, 'close', undefined, undefined, () => {}, () => {});
      });
      const pull = (op, isEnd) => (done, failed) => {
        if (signal?.aborted) {
          failed(signal.reason);
          return;
        }
        reading = bridge.begin(
          id,
          op,
          undefined,
          undefined,
          (value) => {
            reading = undefined;
            if (isEnd || value === undefined) leave();
            done(value);
          },
          (error) => {
            leave();
            failed(asTypeError(error));
          },
        );
      };
      const text = pull('text', true);
      return {
        next: pull('next', false),
        rest: pull('rest', true),
        text: (done, failed) => text((all) => done(all ?? ''), failed),
        close: (done, failed) => {
          leave();
          bridge.begin(id, 'close', undefined, undefined, done, failed);
        },
      };
    };

    const answered = (opened, signal, resolve) => {
      const { id, head } = bridge.opening(opened);
      const { status, reason, url, redirected, headers, hasBody } = parse(head);
      const body = hasBody ? new Body({ source: sourceOf(id, signal) }) : null;
      if (!hasBody) bridge.begin(id, 'close', undefined, undefined, () => {}, () => {});
      resolve(newResponse({ type: 'basic', url, redirected, status, reason, headers: received(headers), body }));
    };

    return function fetch(input, init = undefined) {
      return new PromiseOf((resolve, reject) => {
        need(arguments.length, 1, 'fetch');
        const request = stateOf(new Request(input, init));
        const { address, signal, body } = request;
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        if (address.isData) {
          resolve(dataResponse(address.sent));
          return;
        }
        let id;
        const leave = onAbort(signal, () => {
          reject(signal.reason);
          bridge.cancel(id, signal.reason);
        });
        const failed = (error) => {
          leave();
          reject(asTypeError(error));
        };
        const content = body === null ? undefined : body.content;
        const stream = body !== null && content === undefined ? body.take() : undefined;
        if (content !== undefined) body.use();
        const args = {
          method: request.method,
          url: address.sent,
          host: address.hostname,
          headers: flat(request.headers),
          redirect: request.redirect,
        };
        const sent = (opened) => {
          leave();
          answered(opened, signal, resolve);
        };
        if (stream === undefined) {
          id = ask('send', args, content, sent, failed);
        } else {
          ask('beginUpload', undefined, undefined, (upId) => {
            id = ask('send', { ...args, upload: upId }, undefined, sent, failed);
            upload(upId, stream, failed);
          }, failed);
        }
      });
    };
  };

  /** `data:` URLs hold their own answer. */
  const dataResponse = (url) => {
    const text = slice(url, 5);
    const comma = indexOf(text, ',');
    if (comma < 0) throw new TypeError('A data: URL has a comma before its data.');
    let type = slice(text, 0, comma);
    let content = bytes.own(web.java.percentDecode(slice(text, comma + 1)));
    if (endsWith(type, ';base64')) {
      type = slice(type, 0, -7);
      const binary = web.use('base64').atob(web.use('encoding').utf8(content));
      content = new Bytes(binary.length);
      for (let i = 0; i < binary.length; i++) content[i] = charCodeAt(binary, i);
    }
    if (type === '') type = 'text/plain;charset=US-ASCII';
    else if (type[0] === ';') type = `text/plain${type}`;
    const headers = new Headers({ 'content-type': type });
    return newResponse({ type: 'basic', url, status: 200, reason: 'OK', headers: guard(headers), body: new Body({ content }) });
  };

  let own;
  return {
    fetchOver,
    /** With the recipe's grants; in a run with libraries with none, as who calls it is not known. */
    fetch: function fetch(input, init = undefined) {
      own ??= fetchOver(bridge.openShared('fetch'));
      return own(...arguments);
    },
  };
});
