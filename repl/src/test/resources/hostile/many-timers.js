// Tries: to start a hundred thousand timers
// Expects: done 0 100000
export default async () => { let rang = 0; for (let i = 0; i < 100000; i++) setTimeout(() => rang++, 0); await new Promise((r) => setTimeout(r, 1)); return new Promise((r) => setTimeout(() => r(rang), 50)); };
