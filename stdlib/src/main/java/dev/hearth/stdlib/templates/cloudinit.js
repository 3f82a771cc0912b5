// What a specification becomes: options of Proxmox, and a cloud-config or Ignition for all that Proxmox has no words for.
import { errorFrom, isSecret, pure } from 'hearth:binding';
import { masked } from 'hearth:binding/templates/spec';
import { hash } from 'hearth:hash';
import { yaml } from 'hearth:yaml';

const ops = pure('templates');
const { JSON, Object, TextEncoder } = globalThis;

/** Proxmox refuses larger snippets. */
const LARGEST = 1024 * 1024;

/**
 * Another salt for each user of each template, and the same one each time: what is generated twice of one specification is
 * the same text.
 */
const saltOf = (spec, name) => hash.sha256(`${spec.name}\n${name}`).slice(0, 16);

/** The hashes of the passwords that Proxmox does not see: those of further users. */
function hashesOf(spec) {
  const further = spec.users.slice(1).filter(({ password }) => isSecret(password));
  return Object.fromEntries(
    further.map(({ name, password }) => [name, ops.passwordHash(password.reveal(), { salt: saltOf(spec, name) })]),
  );
}

const checked = (text) => {
  const { length } = new TextEncoder().encode(text);
  if (length > LARGEST) {
    throw errorFrom({
      code: 'templates.too-large',
      message: `The document has ${length} bytes, and Proxmox takes no more than ${LARGEST}.`,
      hint: 'Have a command download what is large in `files`.',
      details: { bytes: length },
    });
  }
  return text;
};

/**
 * What a machine of this specification is set up with: `options` that Proxmox itself has, and `vendorData`, the text of a
 * cloud-config that lies beneath what Proxmox makes of them, or of Ignition, as the `part` of the drive; `null` when there is
 * nothing else to say.
 */
export function documents(spec, image) {
  const { options, vendorData, part } = ops.documents({ spec: masked(spec), image: image ?? null, hashes: hashesOf(spec) });
  const { password } = spec.users[0];
  return {
    options: isSecret(password) ? { ...options, cipassword: password } : options,
    vendorData: vendorData === null ? null : checked(written(vendorData, image)),
    part: vendorData === null ? null : part,
  };
}

const written = (data, image) =>
  image?.setup === 'ignition' ? `${JSON.stringify(data, null, 2)}\n` : `#cloud-config\n${yaml.stringify(data)}`;
