// Tries: to import the journal of another run
// Expects: module.protected 3
// Flags: --allow-all
export default async () => (await import('HEARTH_HOME/state/runs/20260101-000000-aaaa/journal.jsonl')).default;
