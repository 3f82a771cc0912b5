import * as time from 'hearth:time';
export const run = () => { try { time.sleep = () => 'evil'; return 'replaced'; } catch (error) { return error.constructor.name; } };
