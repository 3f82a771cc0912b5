// Tries: to hold on in finally after the stop
// Expects: run.timed-out 5
// Flags: --timeout 300ms
export default async () => { try { await new Promise((r) => setTimeout(r, 60000)); } finally { for (;;); } };
