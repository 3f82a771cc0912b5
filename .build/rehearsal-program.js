// What the build runs to record which classes a first operation needs, and a first program: most recipes come to them.
import { $ } from 'hearth:shell';

export const recipe = { permissions: { exec: ['true'] } };

export default async function ({ step }) {
  await step('start a program', () => $`true`);
}
