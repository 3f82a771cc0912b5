// What hearth:proxmox asks of the guest agent inside a VM.
import { withDefaults } from 'hearth:binding';

const { freeze } = Object;

/** Addresses by which nobody else reaches a machine: of itself, and of its link. */
const NOT_REACHED = /^(127\.|169\.254\.|::1$|fe[89ab][0-9a-f]:)/i;

/** The agent of one VM: `at` is where it is, `read` and `change` work below its path. */
export function agentOf({ ops }, { at, read, change }) {
  const ask = async (command) => (await read('agent', command)).result;
  const tell = async (command) => (await change('POST', ['agent', command])).result;
  const content = (path, data) =>
    data instanceof Uint8Array ? [{ ...at, path }, { bytes: data }] : [{ ...at, path, text: data }];

  return freeze({
    ping: () => change('POST', ['agent', 'ping']),
    wait: (how) => ops.awaitAgent({ ...at, ...withDefaults(how, { timeout: '5m' }) }),
    info: () => ask('info'),
    osInfo: () => ask('get-osinfo'),
    hostName: async () => (await ask('get-host-name'))['host-name'],
    users: () => ask('get-users'),
    fileSystems: () => ask('get-fsinfo'),
    interfaces: () => ask('network-get-interfaces'),
    addresses: async () =>
      (await ask('network-get-interfaces'))
        .flatMap((one) => one['ip-addresses'] ?? [])
        .map((one) => one['ip-address'])
        .filter((address) => !NOT_REACHED.test(address)),
    trim: () => tell('fstrim'),
    fsfreeze: freeze({
      status: () => tell('fsfreeze-status'),
      freeze: () => tell('fsfreeze-freeze'),
      thaw: () => tell('fsfreeze-thaw'),
    }),
    exec: (command, how) => ops.execInVm({ ...at, command, ...withDefaults(how, { timeout: '1m' }) }),
    read: (path) => ops.readTextInVm({ ...at, path }),
    bytes: (path) => ops.readBytesInVm({ ...at, path }),
    write: (path, data) => ops.writeInVm(...content(path, data)),
    async setPassword(username, password, { crypted } = {}) {
      await change('POST', ['agent', 'set-user-password'], { username, password, crypted });
    },
  });
}
