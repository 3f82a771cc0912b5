// The engine itself, and the raw door of hearth:docker.

/** What is asked of the engine and no one thing of it. */
export function system({ ops }) {
  const request = (method, path, { params, body } = {}) => {
    const isRead = ['GET', 'HEAD'].includes(String(method).toUpperCase());
    return isRead ? ops.read({ path, params }) : ops.change({ method, path, params, body });
  };
  return { version: () => ops.version(), info: () => ops.info(), request };
}
