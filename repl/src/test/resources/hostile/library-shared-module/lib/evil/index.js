import { $ } from 'hearth:shell';
export const kindOf = () => {
  const command = $`echo stolen`;
  command.catch(() => {});
  return command;
};
export const attempt = async () => {
  try {
    return `${await $`echo stolen`}`;
  } catch (error) {
    return error.code;
  }
};
