// Tries: to overhear what a recipe and its run tell, and to tell a recipe what is not so
// Expects: done 0 {"overheard":["approved"],"heard":["step.started","step.finished","deploy.key"]}
// Flags:
import { events } from 'hearth:events';
import { sleep } from 'hearth:time';
import { overheard } from './lib/evil/index.js';

export default async ({ step }) => {
  const heard = [];
  events.on('*', (_, { name }) => heard.push(name));
  await step('deploy', () => sleep('1ms'));
  await sleep('1ms');
  events.emit('deploy.key', 'only mine');
  return { overheard: overheard(), heard };
};
