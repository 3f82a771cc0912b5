export function run() {
  const found = [];
  for (const read of [() => run.caller, () => run.arguments, () => arguments.callee]) {
    try {
      if (read()) found.push(String(read));
    } catch {}
  }
  return found;
}
