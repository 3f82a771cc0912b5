// What hearth:templates refuses, and what to do then.
import { errorFrom } from 'hearth:binding';

const refuse = (kind) => (code, message, hint, details = {}) => {
  throw errorFrom({ code: `templates.${code}`, kind, message, hint, details });
};
const refuseUse = refuse('recipe');
const refuseState = refuse('system');

const listed = (items) => items.map((item) => `\`${item}\``).join(', ');

/** The options of a call by their names; what is none of them is refused. */
export function checkOptions(call, given, known) {
  if (typeof given !== 'object' || given === null) {
    refuseUse('option', `\`${call}\` takes its options as an object.`, `Use ${listed(known)}.`);
  }
  const wrong = Object.keys(given).find((name) => !known.includes(name));
  if (wrong !== undefined) {
    refuseUse('option', `\`${call}\` has no option \`${wrong}\`.`, `Use one of ${listed(known)}.`);
  }
  return given;
}

export const notOurs = (name, vmid) =>
  refuseState(
    'not-ours',
    `VM ${vmid} is named \`${name}\` and is no template of Hearth.`,
    'Rename or remove it yourself, or choose another name for the template.',
  );

/** @param removal what to type to be rid of it */
export const unfinished = (name, vmid, removal) =>
  refuseState(
    'unfinished',
    `VM ${vmid} is an unfinished \`${name}\` of another run.`,
    `Wait until that run has ended, or resume or undo it; where it is gone, delete the VM with \`${removal}\`, then run the recipe again.`,
  );

export const needsReplacing = (name, vmid, differences) =>
  refuseState(
    'needs-replacing',
    `The template \`${name}\` (VM ${vmid}) would need another disk: ${differences.join(', ')}.`,
    'Let it be replaced with `--replace` (`{ replace: true }`), or build it under another name; a template’s disk is never changed.',
    { differences },
  );

export const builtElsewhere = (name, vmid) =>
  refuseState(
    'built-elsewhere',
    `Another run builds \`${name}\` as well, as VM ${vmid}.`,
    'Let that one finish, then run the recipe again: it changes nothing when all is as wanted.',
  );

export const diskTooSmall = (wanted, has) =>
  refuseUse(
    'disk-too-small',
    `The template's disk is to have ${wanted} MiB, less than the image's own ${has} MiB.`,
    `Ask for ${Math.ceil(has / 1024)} GiB or more.`,
  );

export const nameTooLong = (name, most) =>
  refuseUse('name', `The template's name \`${name}\` is too long.`, `Give it at most ${most} characters: retired versions get a longer one.`);

export const snippetsNeeded = (name) =>
  refuseUse(
    'snippets-needed',
    `The template \`${name}\` needs vendor data, which Proxmox does not take through its API.`,
    'Name a storage with snippets and a host with SSH that holds it: `snippets: { storage: \'local\', host: \'pve\' }`; or leave out what needs it (packages, files, commands).',
  );

export const notFound = (name) =>
  refuseState('not-found', `There is no template \`${name}\` of Hearth.`, 'List them with `await templates().list()`.');

/** @param withheld what of it is for nobody's eyes; undefined where no wish was kept at all */
export const wishUnknown = (name, withheld) =>
  refuseState(
    'wish-unknown',
    `The notes of \`${name}\` do not keep what it was wished to be${withheld === undefined ? '' : `, because of ${withheld.join(', ')}`}.`,
    'Give the wish: `refresh({ wish })`. One with files, commands, repositories, further users or passwords is neither kept in notes nor taken from there: many may read and write them.',
    withheld === undefined ? {} : { withheld },
  );

export const notesDiffer = (name, differences) =>
  refuseState(
    'notes-differ',
    `The notes of \`${name}\` tell another wish than what the template is: ${differences.join(', ')}.`,
    'Give the wish: `refresh({ wish })`. From notes, which many may write, only a newer image and newer packages are taken.',
    { differences },
  );

export const tooYoung = (olderThan, least) =>
  refuseUse('option', `\`olderThan\` is ${olderThan}, in which a run that lives may do nothing that can be seen.`, `Use \`${least}\` or more.`);

export const otherName = (name, other) =>
  refuseUse('option', `A wish for \`${other}\` does not refresh \`${name}\`.`, 'Give the wish for this template, or use `templates().ensure`.');

export const imagePacked = ({ id, name, delivery }) => {
  const what = delivery === 'iso' ? 'an ISO image to install from' : 'packed: no node can unpack it';
  refuseUse(
    'image-packed',
    `The image of ${name} is ${what}.`,
    `Make a disk image of it and give its address: \`image: { like: '${id}', url: 'http://…' }\` (\`--image-url\`).`,
  );
};

export const testNeedsAgent = (name) =>
  refuseUse(
    'test-needs-agent',
    `The boot test of \`${name}\` asks the guest agent, which this template does not have.`,
    "Have it installed with `agent: true`, take an image that has it, or test over SSH: `test: { over: 'ssh' }`.",
  );

export const testOver = (over) =>
  refuseUse('option', `A boot test goes over nothing that is called \`${over}\`.`, "Use `over: 'agent'` or `over: 'ssh'`.");

export const testNeedsAddress = (name) =>
  refuseUse(
    'test-needs-address',
    `The boot test of \`${name}\` goes over SSH, and nobody can know the address of its clone: it asks for one by DHCP, and has no guest agent to tell it.`,
    "Give the clone one for the test, `test: { address: '10.0.0.250/24', gateway: '10.0.0.1' }`, name the one that it gets from DHCP, or have the agent installed with `agent: true`.",
  );

export const testNeedsUser = (name) =>
  refuseUse(
    'test-needs-user',
    `The boot test of \`${name}\` goes over SSH, and nobody knows the user of its image.`,
    "Name one in `users`, or say which image it is like: `image: { …, like: 'debian-13' }`.",
  );

export const testTakesNoKey = (name) =>
  refuseUse(
    'test-takes-no-key',
    `The boot test of \`${name}\` goes over SSH, and its image takes no key from Proxmox.`,
    'Take an image with cloud-init, or leave the test out.',
  );

export const addressTaken = (name, host) =>
  refuseState(
    'address-taken',
    `Something answers at ${host} already, where the clone for the boot test of \`${name}\` is to be.`,
    "Give the clone another address for the test: `test: { address: '10.0.0.250/24', gateway: '10.0.0.1' }`.",
  );

export const noSnippetPath = (storage) =>
  refuseState(
    'snippets-path',
    `Storage \`${storage}\` has no folder of its own, so no snippet can be written there.`,
    'Name a storage of files, such as `local`, that takes snippets.',
  );

export const someFailed = (names, all, reasons) =>
  refuseState(
    'some-failed',
    `${names.length} of ${all} templates failed: ${reasons.map(({ message }, index) => `\`${names[index]}\`: ${message}`).join(' ')}`,
    'The others are whole. `hearth resume` goes on with those that failed, `hearth undo` takes all of them back.',
    { failed: names, codes: reasons.map(({ code }) => code ?? null) },
  );
