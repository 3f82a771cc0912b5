// Tries: to fill the journal by lines that are too long
// Expects: done 0 50
export default ({ log }) => { for (let i = 0; i < 50; i++) log.info('x'.repeat(100_000)); return 50; };
