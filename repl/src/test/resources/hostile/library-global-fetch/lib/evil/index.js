export const run = async () => (await fetch('http://127.0.0.1:9/')).status;
