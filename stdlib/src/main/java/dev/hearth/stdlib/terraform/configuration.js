// The files of a Terraform module, made of JavaScript. A text stands in them as it is; what Terraform computes is an expression.
import { connected, errorFrom, inspect, isSecret, optionsOf, pure, quoted, shownAs } from 'hearth:binding';

const ops = pure('terraform');
const known = optionsOf('terraform');
const { Array, Number, Object, String, WeakMap } = globalThis;
const { stringify } = JSON;

const DEEPEST = 100;
const N = '[A-Za-z_][A-Za-z0-9_-]*';
const KEY = '(?:\\[(?:\\d+|"[^"\\\\$%\\r\\n]*")\\])?';
const NAME = new RegExp(`^${N}$`);
const ADDRESS = new RegExp(`^(?:module\\.${N}${KEY}\\.)*(?:(?:data\\.)?(?!module\\.)${N}\\.${N}|module\\.${N})${KEY}$`);
const PROVIDER = new RegExp(`^${N}(?:\\.${N})?$`);
const PATH = new RegExp(`^${N}(?:\\.${N}|\\[(?:\\d+|"[^"\\\\$%\\r\\n]*")\\])*$`);

/** What stands in an expression. Data that only looks like one is none: nothing but this map makes it one. */
const texts = new WeakMap();

const wrong = (what, why, hint = 'Correct it; the types say what is taken.') =>
  errorFrom({ code: 'terraform.option-value', message: `${what} cannot be used: ${why}.`, hint });

const isExpression = (value) => typeof value === 'object' && value !== null && texts.has(value);

/** An expression of which all is known to be one. With `forEach`, the first name that follows is the key of an instance. */
function made(text, { forEach } = {}) {
  const it = shownAs(text, {
    at: (...names) => made(text + names.map((name, i) => (i === 0 && forEach !== undefined ? keyStep(name) : step(name))).join('')),
    toJSON: () => ({ expression: text }),
    [Symbol.toPrimitive]: () => {
      throw wrong(`The expression \`${text}\``, 'it is no text', 'Put it into a text with interpolate`…`.');
    },
  });
  texts.set(it, text);
  return it;
}

const step = (name) => {
  if (Number.isInteger(name) && name >= 0) return `[${name}]`;
  if (typeof name === 'string') return NAME.test(name) ? `.${name}` : `[${literal(name, 'a name')}]`;
  throw wrong(inspect(name), 'it is neither a name nor an index');
};

const keyStep = (name) => (isExpression(name) || typeof name === 'string' ? `[${literal(name, 'a key')}]` : step(name));

/** A text in which nothing is computed. */
const escaped = (text) => text.replace(/[$%](?=\{)/g, '$&$&');

/** Escapes of JSON that Terraform's language has not. */
const UNKNOWN_ESCAPES = { '\\b': '\\u0008', '\\f': '\\u000c' };

/** A value as it stands within an expression. */
function literal(value, place, depth = 0) {
  if (isExpression(value)) return texts.get(value);
  const plain = checked(value, place, depth);
  if (typeof plain === 'string') return escaped(stringify(plain).replace(/\\./g, (escape) => UNKNOWN_ESCAPES[escape] ?? escape));
  if (Array.isArray(plain)) return `[${plain.map((each, i) => literal(each, `${place}[${i}]`, depth + 1)).join(', ')}]`;
  if (typeof plain === 'object' && plain !== null) {
    const fields = Object.entries(plain).filter(([, inner]) => inner !== undefined);
    return `{ ${fields.map(([key, inner]) => `${literal(key, place)} = ${literal(inner, `${place}.${key}`, depth + 1)}`).join(', ')} }`;
  }
  return String(plain);
}

/** A value as it stands in a file. */
function rendered(value, place, depth = 0) {
  if (isExpression(value)) return `\${${texts.get(value)}}`;
  return data(value, place, depth, escaped, rendered);
}

/** The same where Terraform computes nothing. */
function constant(value, place, depth = 0) {
  if (isExpression(value)) throw wrong(`\`${place}\``, 'nothing is computed there', 'Give the value itself.');
  return data(value, place, depth, (text) => text, constant);
}

function data(value, place, depth, asText, inside) {
  const plain = checked(value, place, depth);
  if (typeof plain === 'string') return asText(plain);
  if (Array.isArray(plain)) return plain.map((each, i) => inside(each, `${place}[${i}]`, depth + 1));
  if (typeof plain !== 'object' || plain === null) return plain;
  const fields = Object.entries(plain).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(fields.map(([key, inner]) => [asText(key), inside(inner, `${place}.${key}`, depth + 1)]));
}

/** A value of JSON, or the error that it is none. */
function checked(value, place, depth) {
  if (depth > DEEPEST) throw wrong(`\`${place}\``, `it is nested more than ${DEEPEST} levels deep, or in itself`);
  if (isSecret(value)) {
    throw wrong(
      `\`${place}\``,
      'it is a secret, and files of Terraform are not',
      'Declare a sensitive variable, and give the secret to `plan({ variables })`.',
    );
  }
  const plain = typeof value?.toJSON === 'function' ? value.toJSON() : value;
  const fits =
    plain === null ||
    typeof plain === 'string' ||
    typeof plain === 'boolean' ||
    Number.isFinite(plain) ||
    Array.isArray(plain) ||
    (typeof plain === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(plain)));
  if (!fits) throw wrong(`\`${place}\``, `${inspect(value)} is no value of Terraform`);
  return plain;
}

const named = (name, what) => {
  if (typeof name === 'string' && NAME.test(name)) return name;
  throw wrong(`The name ${quoted(name)} of a ${what}`, 'names have letters, digits, `_` and `-`, and begin with no digit');
};

/** What is named, and not computed: a resource, a provider, an attribute. */
const naming = (pattern, what) => (value, place) => {
  const text = isExpression(value) ? texts.get(value) : value;
  if (typeof text === 'string' && pattern.test(text)) return text;
  throw wrong(`\`${place}\``, `${quoted(value)} is no ${what}`);
};
const address = naming(ADDRESS, 'address of a resource or module');
const providerName = naming(PROVIDER, 'provider');
const path = naming(PATH, 'attribute');

const expressionAt = (value, place) => {
  if (isExpression(value)) return rendered(value, place);
  throw wrong(`\`${place}\``, 'it is no expression', "Make one: expression('var.size > 0').");
};

const condition = (place) => (given) => {
  const { condition: rule, message } = known('condition', given, ['condition', 'message']);
  return { condition: expressionAt(rule, `${place}.condition`), error_message: rendered(message, `${place}.message`) };
};

const given = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
const each = (list, place, how) => list?.map((one, i) => how(one, `${place}[${i}]`));

/** What Terraform itself understands of a resource, a data source or a module. */
function meta(where, more = {}, names) {
  const { count, forEach, provider, providers, dependsOn, lifecycle, provisioners } = known(where, more, names);
  return given({
    count: count === undefined ? undefined : rendered(count, `${where}.count`),
    // A list is the set of its items; Terraform takes no list here.
    for_each: forEach === undefined ? undefined : rendered(Array.isArray(forEach) ? call('toset', forEach) : forEach, `${where}.forEach`),
    provider: provider === undefined ? undefined : providerName(provider, `${where}.provider`),
    providers:
      providers === undefined
        ? undefined
        : Object.fromEntries(Object.entries(providers).map(([name, it]) => [name, providerName(it, `${where}.providers.${name}`)])),
    depends_on: each(dependsOn, `${where}.dependsOn`, address),
    lifecycle: lifecycle === undefined ? undefined : lifecycleOf(where, lifecycle),
    provisioner: each(provisioners, `${where}.provisioners`, rendered),
  });
}

function lifecycleOf(where, rules) {
  const place = `${where}.lifecycle`;
  const { createBeforeDestroy, preventDestroy, ignoreChanges, replaceTriggeredBy, preconditions, postconditions } = known(place, rules, [
    'createBeforeDestroy',
    'preventDestroy',
    'ignoreChanges',
    'replaceTriggeredBy',
    'preconditions',
    'postconditions',
  ]);
  return given({
    create_before_destroy: createBeforeDestroy,
    prevent_destroy: preventDestroy,
    ignore_changes: ignoreChanges === 'all' ? 'all' : each(ignoreChanges, `${place}.ignoreChanges`, path),
    replace_triggered_by: each(replaceTriggeredBy, `${place}.replaceTriggeredBy`, path),
    precondition: preconditions?.map(condition(`${place}.preconditions`)),
    postcondition: postconditions?.map(condition(`${place}.postconditions`)),
  });
}

/** An expression in Terraform's own language. */
export const expression = (text) => made(ops.expression(String(text), {}));

/** A call of one of Terraform's functions. */
export const call = (name, ...args) =>
  made(`${named(name, 'function')}(${args.map((value, i) => literal(value, `${name}(${i})`)).join(', ')})`);

/** A text with expressions in it. */
export const interpolate = (parts, ...values) =>
  made(`"${parts.map((part, i) => literal(part, 'a text').slice(1, -1) + (i < values.length ? inText(values[i]) : '')).join('')}"`);

const inText = (value) => (isExpression(value) ? `\${${texts.get(value)}}` : literal(String(value), 'a text').slice(1, -1));

const RESOURCE = ['count', 'forEach', 'provider', 'dependsOn', 'lifecycle', 'provisioners'];
const DATA = ['count', 'forEach', 'provider', 'dependsOn', 'lifecycle'];
const MODULE = ['count', 'forEach', 'providers', 'dependsOn'];
const VARIABLE = ['type', 'description', 'default', 'sensitive', 'nullable', 'ephemeral', 'validations'];

/** A module, empty at first. */
export function configuration() {
  const files = { versions: {}, backend: {}, providers: {}, variables: {}, main: {}, outputs: {} };

  /** Declares what there is once. */
  const declare = (file, kinds, content) => {
    const last = kinds.length - 1;
    const where = kinds.slice(0, last).reduce((inner, kind) => (inner[kind] ??= {}), files[file]);
    if (Object.hasOwn(where, kinds[last])) throw wrong(`\`${kinds.join('.')}\``, 'it is declared already', 'Give it another name.');
    where[kinds[last]] = content;
  };
  const append = (file, kind, content) => void (files[file][kind] ??= []).push(content);

  const module = shownAs('configuration()', {
    require: (wanted) => {
      const { terraform, providers = {} } = known('require', wanted, ['terraform', 'providers']);
      if (terraform !== undefined) declare('versions', ['terraform', 'required_version'], constant(terraform, 'require.terraform'));
      for (const [name, it] of Object.entries(providers)) {
        const place = `require.providers.${name}`;
        declare('versions', ['terraform', 'required_providers', named(name, 'provider')], constant(known(place, it, ['source', 'version']), place));
      }
      return module;
    },
    backend: (kind, settings = {}) => {
      if (files.backend.terraform !== undefined) throw wrong('`backend`', 'the module has one already');
      declare('backend', ['terraform', 'backend', named(kind, 'backend')], constant(settings, `backend.${kind}`));
      return module;
    },
    provider: (name, settings = {}) => {
      const place = `provider.${named(name, 'provider')}`;
      const { alias, ...rest } = settings;
      const content = { ...(alias === undefined ? {} : { alias: named(alias, 'provider') }), ...rendered(rest, place) };
      const others = (files.providers.provider ??= {})[name] ?? [];
      if (others.some((other) => other.alias === alias)) throw wrong(`\`${place}\``, 'it is configured already', 'Give it another `alias`.');
      files.providers.provider[name] = [...others, content];
      return made(alias === undefined ? name : `${name}.${alias}`);
    },
    variable: (name, more = {}) => {
      const place = `variable.${named(name, 'variable')}`;
      const { type, description, default: fallback, validations, ...flags } = known(place, more, VARIABLE);
      const content = {
        type: type === undefined ? undefined : ops.type(String(type), {}),
        description: constant(description ?? '', place) || undefined,
        default: fallback === undefined ? undefined : constant(fallback, `${place}.default`),
        ...constant(flags, place),
        validation: validations?.map(condition(`${place}.validations`)),
      };
      declare('variables', ['variable', name], given(content));
      return made(`var.${name}`);
    },
    local: (name, value) => {
      declare('main', ['locals', named(name, 'local value')], rendered(value, `local.${name}`));
      return made(`local.${name}`);
    },
    data: (type, name, args = {}, more) => {
      const place = `data.${named(type, 'data source')}.${named(name, 'data source')}`;
      declare('main', ['data', type, name], { ...rendered(args, place), ...meta(place, more, DATA) });
      return made(place, more);
    },
    resource: (type, name, args = {}, more) => {
      const place = `${named(type, 'resource')}.${named(name, 'resource')}`;
      declare('main', ['resource', type, name], { ...rendered(args, place), ...meta(place, more, RESOURCE) });
      return made(place, more);
    },
    module: (name, source, inputs = {}, more = {}) => {
      const place = `module.${named(name, 'module')}`;
      const { version, ...rest } = more;
      const from = given({ source: constant(source, `${place}.source`), version: version === undefined ? undefined : constant(version, `${place}.version`) });
      declare('main', ['module', name], { ...from, ...rendered(inputs, place), ...meta(place, rest, MODULE) });
      return made(place, rest);
    },
    output: (name, value, more = {}) => {
      const place = `output.${named(name, 'output')}`;
      const { dependsOn, ...flags } = known(place, more, ['description', 'sensitive', 'ephemeral', 'dependsOn']);
      declare('outputs', ['output', name], {
        value: rendered(value, place),
        ...constant(flags, place),
        ...given({ depends_on: each(dependsOn, `${place}.dependsOn`, address) }),
      });
      return module;
    },
    moved: (from, to) => {
      append('main', 'moved', { from: address(from, 'moved.from'), to: address(to, 'moved.to') });
      return module;
    },
    import: (to, id, more = {}) => {
      const { provider } = known('import', more, ['provider']);
      append('main', 'import', {
        to: address(to, 'import.to'),
        id: rendered(id, 'import.id'),
        ...given({ provider: provider === undefined ? undefined : providerName(provider, 'import.provider') }),
      });
      return module;
    },
    removed: (from, more = {}) => {
      const { destroy = true } = known('removed', more, ['destroy']);
      append('main', 'removed', { from: address(from, 'removed.from'), lifecycle: { destroy: constant(destroy, 'removed.destroy') } });
      return module;
    },
    files: (more) => texted(more),
    write: (dir, more = {}) => {
      const { connection, ...rest } = known('write', more, ['variables', 'makefile', 'connection']);
      return connected('terraform', connection).ops.write({ dir, files: texted(rest) });
    },
    toJSON: () => Object.fromEntries(Object.entries(files).filter(([, content]) => Object.keys(content).length > 0)),
  });

  const texted = (more = {}) => {
    const { variables, makefile = true } = known('files', more, ['variables', 'makefile']);
    const values = variables === undefined ? undefined : constant(variables, 'variables');
    return ops.files(stringify(module), { makefile, ...(values === undefined ? {} : { variables: values }) });
  };
  return module;
}
