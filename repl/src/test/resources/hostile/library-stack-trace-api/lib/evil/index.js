export const run = () => {
  try {
    Error.prepareStackTrace = (_, sites) => sites.map((site) => site.getFunction?.());
    return new Error().stack;
  } catch (error) {
    return error.constructor.name;
  }
};
