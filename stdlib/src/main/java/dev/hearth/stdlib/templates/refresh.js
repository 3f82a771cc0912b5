// Building a template anew from what its notes say that it was wished to be.
import { comparable, storageOf } from 'hearth:binding/templates/machine';
import { notesDiffer, otherName, wishUnknown } from 'hearth:binding/templates/refusals';
import { withheldOf } from 'hearth:binding/templates/wish';

/** Refreshes of one connection. `meant` is what a wish comes to, `ensured` builds it. */
export function refresher({ ops, meant, ensured }) {
  /** The wish in the notes, as far as the template bears it out: what its options show has to be what it says. */
  const noted = async (name, { mark, config }) => {
    const wish = mark.wish ?? wishUnknown(name, mark.withheld);
    const withheld = withheldOf(wish);
    if (withheld.length > 0) wishUnknown(name, withheld);
    const { spec, documents } = await meant(wish);
    const changes = await ops.compareOptions({ config, wanted: comparable(spec, documents, config) });
    if (changes.length > 0) notesDiffer(name, changes.map(({ text }) => text));
    return wish;
  };

  return async (name, version, given, step, options) => {
    const wish = given ?? (await noted(name, version));
    if (wish.name !== name) otherName(name, wish.name);
    const { snippet } = version.mark;
    const snippets = snippet && { storage: storageOf(snippet.volid), host: snippet.host };
    return ensured(wish, step, { snippets, ...options, replace: true });
  };
}
