// Tries: to replace JSON
// Expects: done 0 {"a":1}
import { sleep } from 'hearth:time';
export default async ({ step }) => {
  JSON.parse = JSON.stringify = () => {
    throw new Error('evil');
  };
  await step('sleep', () => sleep('1ms'));
  return { a: 1 };
};
