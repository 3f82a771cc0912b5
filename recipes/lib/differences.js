// Runs of Ansible that are looked at.

/** What came of a run, with its differences told on the way. */
export async function toldDifferences(run, log) {
  for await (const { kind, host, task, diff } of run) {
    if (kind === 'diff') log.info(`${host}: ${task}\n${diff}`);
  }
  const { changed, hosts } = await run;
  return { changed, hosts };
}
