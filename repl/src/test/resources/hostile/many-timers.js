// Tries: to start a thousand timers
// Expects: done 0 1000
export default async () => { let rang = 0; for (let i = 0; i < 1000; i++) setTimeout(() => rang++, 0); await new Promise((r) => setTimeout(r, 1)); return new Promise((r) => setTimeout(() => r(rang), 50)); };
