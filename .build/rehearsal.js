// What the build runs to record which classes a start needs: the things that nearly every recipe does.
import { log } from 'hearth:log';

export const recipe = {
  summary: 'Rehearses a start',
  params: { name: { type: 'string', summary: 'whom to greet', default: 'you' } },
};

export default async function ({ params, step }) {
  const greeting = await step('greet', async () => `Hello, ${params.name}`);
  await new Promise((resolve) => setTimeout(resolve, 1));
  log.info(greeting, { length: greeting.length });
  return { greeting };
}
