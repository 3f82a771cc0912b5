// The same cases under Node.js: what is expected must be what the web does. `node node.mjs ORIGIN`
const { runAll } = await import('./harness.js');
for (const spec of process.argv.slice(3)) await import(`./${spec}`);
process.on('unhandledRejection', () => {});
process.stdout.write(JSON.stringify(await runAll(process.argv[2])), () => process.exit(0));
