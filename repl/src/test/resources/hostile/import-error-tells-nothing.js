// Tries: to learn from the error whether a file outside exists
// Expects: done 0 true
const code = async (file) => {
  try {
    await import(file);
    return 'imported';
  } catch (error) {
    return error.message.replace(/[^\s`=]*(secret|no-such-file)\.json/g, 'FILE').replace(/import-\d+/, '');
  }
};
export default async () => (await code('../secret.json')) === (await code('../no-such-file.json'));
