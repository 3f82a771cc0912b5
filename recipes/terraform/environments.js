// Root modules of several environments, made of one module of yours.
import { terraform, configuration } from 'hearth:terraform';

export const recipe = {
  summary: 'Makes a root module for each environment, from one module',
  description: `Reads what the module takes and writes a folder for each environment that calls it: versions, providers, variables with their values, outputs,
and a Makefile for people without Hearth. Values are checked against the types of the module. Sensitive variables get no value in a
file: give them when you plan. A second run changes only what differs; files of yours are not touched.`,
  params: {
    module: { type: 'string', summary: 'folder of the module, from here on', default: 'modules/main' },
    out: { type: 'string', summary: 'folder in which the environments are written', default: 'environments' },
    environments: {
      type: 'object',
      additionalProperties: { type: 'object', additionalProperties: true },
      summary: 'the values of each: {"dev": {"size": 1}, "prod": {"size": 3}}',
    },
    backend: { type: 'string', enum: ['local', 'http', 's3', 'pg'], summary: 'where states are', default: 'local' },
    validate: { type: 'boolean', summary: 'have Terraform validate each, which fetches its providers', default: true },
  },
  permissions: { terraform: 'write' }, // and `--allow-read=.` and `--allow-write` of the folder
};

export default async function ({ params, step, log }) {
  const { module, out, environments, validate } = params;
  const described = await step('read the module', () => terraform({ dir: module }).module(), { readOnly: true });

  const made = [];
  for (const [name, values] of Object.entries(environments)) {
    if (!/^[a-z0-9][a-z0-9_-]*$/i.test(name)) throw new Error(`\`${name}\` cannot be a folder: environments have letters, digits, \`_\` and \`-\`.`);
    const dir = `${out}/${name}`;
    const written = await step(`write ${name}`, () => environment(described, { ...params, dir, values, name }));
    for (const { name: file, change } of written.files) if (change !== 'unchanged') log.info(`${dir}/${file} ${change}`);
    if (validate) await step(`validate ${name}`, () => check(dir, log));
    made.push({ name, dir, changed: written.changed });
  }
  return { changed: made.some(({ changed }) => changed), environments: made };
}

function environment({ variables, outputs, providers, requiredVersion }, { module, dir, values, backend, name }) {
  const c = configuration();
  c.require({ terraform: requiredVersion.join(', ') || undefined, providers: sourced(providers) });
  c.backend(backend, settings(backend, name));
  const inputs = {};
  for (const variable of variables) {
    // What has a default that is computed keeps it, as long as nobody says otherwise.
    if (!variable.required && variable.defaultValue === null && !(variable.name in values)) continue;
    const { type, description, defaultValue, required, sensitive, nullable, ephemeral } = variable;
    inputs[variable.name] = c.variable(variable.name, {
      type,
      description: description ?? undefined,
      default: required || defaultValue === null ? undefined : defaultValue,
      ...(sensitive ? { sensitive } : {}),
      ...(ephemeral ? { ephemeral } : {}),
      ...(nullable ? {} : { nullable }),
    });
  }
  const main = c.module('main', leading(dir, module), inputs);
  for (const { name: output, description, sensitive } of outputs) {
    c.output(output, main.at(output), { description: description ?? undefined, ...(sensitive ? { sensitive } : {}) });
  }
  return c.write(dir, { variables: values });
}

/** How one folder is reached from another; both are absolute, or both stand below the current one. */
function leading(from, to) {
  const [here, there] = [from, to].map((path) => path.split('/').filter((part) => part !== '' && part !== '.'));
  if (from.startsWith('/') !== to.startsWith('/') || [...here, ...there].includes('..')) {
    throw new Error(`How \`${from}\` leads to \`${to}\` cannot be told: name both from the current folder on, without \`..\`, or both from \`/\` on.`);
  }
  const split = here.findIndex((part, i) => part !== there[i]);
  const shared = split === -1 ? here.length : split;
  return [...here.slice(shared).map(() => '..'), ...there.slice(shared)].join('/');
}

/** Those that the module only uses come with Terraform itself. */
const sourced = (providers) =>
  Object.fromEntries(
    Object.entries(providers)
      .filter(([, { source }]) => source !== null)
      .map(([name, { source, version }]) => [name, version === null ? { source } : { source, version }]),
  );

/** Credentials and addresses are given to `init`, or come from the environment; what tells environments apart stands here. */
const settings = (backend, name) => {
  if (backend === 's3') return { key: `${name}/terraform.tfstate` };
  if (backend === 'pg') return { schema_name: `terraform_${name.replaceAll('-', '_')}` };
  return {};
};

async function check(dir, log) {
  const root = terraform({ dir });
  await root.init();
  const { valid, diagnostics } = await root.validate();
  for (const { severity, summary, detail, file, line } of diagnostics) {
    log[severity === 'error' ? 'error' : 'warn'](`${dir}/${file ?? ''}:${line ?? ''}: ${summary}${detail === '' ? '' : `: ${detail}`}`);
  }
  if (!valid) throw new Error(`What was written to ${dir} is not valid: ${diagnostics[0].summary}.`);
}
