// The provider `lab` of the tests: real files by Terraform's plugin protocol 5. Beside it lie `key.pem` and `cert.pem`.
//
//   resource "lab_file": path (a change replaces it), content, mode, secret (sensitive), id (computed)
//     fail  the change fails, and the error quotes the secret
//     hold  a file that the change waits for; it makes `HOLD.waiting` meanwhile. When Terraform stops, it gives up waiting,
//           unless `stubborn`
//   data "lab_file": path, content; token (the variable LAB_TOKEN of the provider's environment), own (the names there that
//     begin with HEARTH_, but for the mark of a process)
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');
const { Packr } = require('msgpackr');

if (process.env.TF_PLUGIN_MAGIC_COOKIE !== 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2') {
  console.error('This is a provider for Terraform; it is not run by hand.');
  process.exit(1);
}

const beside = (name) => path.join(__dirname, name);
const load = (name) => grpc.loadPackageDefinition(loader.loadSync(beside(name), { keepCase: true, defaults: true }));
const { tfplugin5 } = load('provider.proto');
const { plugin } = load('controller.proto');

// msgpackr writes `undefined` as the extension that means an unknown value to Terraform.
const packr = new Packr({ useRecords: false, variableMapSize: true });
const read = ({ msgpack, json }) => (msgpack.length > 0 ? packr.unpack(msgpack) : JSON.parse(json));
const write = (value) => ({ msgpack: packr.pack(value) });
const UNKNOWN = undefined;

const attribute = (name, type, more) => ({ name, type: Buffer.from(JSON.stringify(type)), ...more });
const optional = { optional: true };
const schema = (...attributes) => ({ version: 0, block: { version: 0, attributes } });
const FILE = schema(
  attribute('path', 'string', { required: true }),
  attribute('content', 'string', optional),
  attribute('mode', 'string', optional),
  attribute('secret', 'string', { ...optional, sensitive: true }),
  attribute('fail', 'bool', optional),
  attribute('hold', 'string', optional),
  attribute('stubborn', 'bool', optional),
  attribute('id', 'string', { computed: true }),
);
const DATA = schema(
  attribute('path', 'string', { required: true }),
  attribute('content', 'string', { computed: true }),
  attribute('token', 'string', { computed: true }),
  attribute('own', 'string', { computed: true }),
);
const EMPTY = Object.fromEntries(FILE.block.attributes.map(({ name }) => [name, null]));

const error = (summary, detail) => ({ severity: 1, summary, detail, attribute: null });
const modeOf = (file) => (fs.statSync(file).mode & 0o777).toString(8).padStart(4, '0');

let isStopping = false;
const stopping = [];

const held = ({ hold, stubborn }) =>
  new Promise((resolve, reject) => {
    if (!hold || fs.existsSync(hold)) return resolve();
    const ended = (settle) => () => {
      watch.close();
      settle();
    };
    const watch = fs.watch(path.dirname(hold), () => fs.existsSync(hold) && ended(resolve)());
    if (!stubborn) {
      stopping.push(ended(() => reject(error('The file was not made', 'Terraform was stopped.'))));
      if (isStopping) stopping.at(-1)();
    }
    fs.writeFileSync(`${hold}.waiting`, '');
    if (fs.existsSync(hold)) ended(resolve)();
  });

const make = async (wanted) => {
  await held(wanted);
  if (wanted.fail) throw error(`The file ${wanted.path} cannot be made`, `It was told to fail, with the secret ${wanted.secret}.`);
  fs.writeFileSync(wanted.path, wanted.content ?? '');
  if (wanted.mode) fs.chmodSync(wanted.path, parseInt(wanted.mode, 8));
  return { ...wanted, id: wanted.path };
};

const PROVIDER = {
  GetSchema: () => ({ provider: schema(), resource_schemas: { lab_file: FILE }, data_source_schemas: { lab_file: DATA } }),
  PrepareProviderConfig: ({ config }) => ({ prepared_config: config }),
  ValidateResourceTypeConfig: () => ({}),
  ValidateDataSourceConfig: () => ({}),
  UpgradeResourceState: ({ raw_state }) => ({ upgraded_state: write({ ...EMPTY, ...JSON.parse(raw_state.json) }) }),
  Configure: () => ({}),
  ReadResource: ({ current_state }) => {
    const state = read(current_state);
    if (!fs.existsSync(state.id)) return { new_state: write(null) };
    const content = fs.readFileSync(state.id, 'utf8');
    return {
      new_state: write({
        ...state,
        path: state.id,
        content: state.content === null && content === '' ? null : content,
        mode: state.mode === null ? null : modeOf(state.id),
      }),
    };
  },
  PlanResourceChange: ({ prior_state, proposed_new_state }) => {
    const prior = read(prior_state);
    const proposed = read(proposed_new_state);
    if (proposed === null) return { planned_state: proposed_new_state };
    const isNew = prior === null || prior.path !== proposed.path;
    return {
      planned_state: write({ ...proposed, id: isNew ? UNKNOWN : prior.id }),
      requires_replace: prior !== null && isNew ? [{ steps: [{ attribute_name: 'path' }] }] : [],
    };
  },
  ApplyResourceChange: async ({ prior_state, planned_state }) => {
    const prior = read(prior_state);
    const planned = read(planned_state);
    try {
      if (planned === null) {
        await held(prior);
        fs.rmSync(prior.id, { force: true });
        return { new_state: write(null) };
      }
      return { new_state: write(await make(planned)) };
    } catch (failure) {
      return { new_state: write(prior), diagnostics: [failure.severity ? failure : error(String(failure), '')] };
    }
  },
  ImportResourceState: ({ type_name, id }) =>
    fs.existsSync(id)
      ? { imported_resources: [{ type_name, state: write({ ...EMPTY, id, path: id, mode: modeOf(id) }) }] }
      : { diagnostics: [error('There is no such file', `${id} is not there.`)] },
  ReadDataSource: ({ config }) => {
    const wanted = read(config);
    const own = Object.keys(process.env).filter((name) => name.startsWith('HEARTH_') && name !== 'HEARTH_PROCESS');
    const token = process.env.LAB_TOKEN ?? null;
    return { state: write({ ...wanted, content: fs.readFileSync(wanted.path, 'utf8'), token, own: own.join() }) };
  },
  Stop: () => {
    isStopping = true;
    stopping.forEach((stop) => stop());
    return {};
  },
};

const answering = (work) => (call, done) => {
  Promise.resolve()
    .then(() => work(call.request))
    .then((answer) => done(null, answer), (failure) => done({ code: grpc.status.INTERNAL, message: String(failure) }));
};

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lab-provider-'));
const end = () => {
  fs.rmSync(folder, { recursive: true, force: true });
  process.exit(0);
};
// Terraform decides when it ends: a terminal's Ctrl-C and a stop of the whole group reach it, too.
process.on('SIGINT', () => {});
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
process.on('SIGTERM', end);

const server = new grpc.Server();
server.addService(tfplugin5.Provider.service, Object.fromEntries(Object.entries(PROVIDER).map(([name, work]) => [name, answering(work)])));
server.addService(plugin.GRPCController.service, {
  Shutdown: (_, done) => {
    done(null, {});
    setImmediate(end);
  },
});
const certificate = fs.readFileSync(beside('cert.pem'));
const pair = { private_key: fs.readFileSync(beside('key.pem')), cert_chain: certificate };
const credentials = grpc.ServerCredentials.createSsl(Buffer.from(process.env.PLUGIN_CLIENT_CERT), [pair], true);
const socket = path.join(folder, 'socket');
server.bindAsync(`unix:${socket}`, credentials, (failure) => {
  if (failure) throw failure;
  const base64 = certificate.toString().replace(/-----[^-]+-----|\s/g, '').replace(/=+$/, '');
  console.log(`1|5|unix|${socket}|grpc|${base64}`);
});
