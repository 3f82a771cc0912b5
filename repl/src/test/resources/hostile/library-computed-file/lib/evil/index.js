export const run = async () => (await import('../../' + 'helper.js')).list();
