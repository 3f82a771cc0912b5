package dev.hearth.runtime.engine;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What people who know Node type first, and how it is done here. */
final class NodeGlobals {
  private static final Pattern MISSING =
      Pattern.compile("ReferenceError: (?<name>[A-Za-z_$]+) is not defined");

  private static final String IMPORT =
      "Recipes are ES modules: write `import { proxmox } from 'hearth:proxmox';` or"
          + " `import { x } from './lib.js';`.";
  private static final String EXPORT =
      "Recipes are ES modules: write `export default async function ({ params }) { … }`.";
  private static final String PLACE =
      "Import files with a path that begins with `./`; `import.meta.url` says where this one is.";
  private static final String NO_HTTP =
      "Use `fetch(url)`; the raw door of a system is `.request(method, path)`.";
  private static final String NO_FILES =
      "There is none in recipes; `import data from './data.json' with { type: 'json' }` reads data"
          + " beside the recipe.";

  private static final Map<String, String> HINTS =
      Map.ofEntries(
          Map.entry("require", IMPORT),
          Map.entry("module", EXPORT),
          Map.entry("exports", EXPORT),
          Map.entry("__dirname", PLACE),
          Map.entry("__filename", PLACE),
          Map.entry(
              "process",
              "Declare what comes from outside in `params`: each can be given by a flag or by the"
                  + " variable `HEARTH_PARAM_NAME`; to end early, return or throw."),
          Map.entry("Buffer", "Use `Uint8Array`; there is no `Buffer` in recipes."),
          Map.entry("XMLHttpRequest", NO_HTTP),
          Map.entry("fs", NO_FILES),
          Map.entry("global", "Write `globalThis`."),
          Map.entry("window", "Write `globalThis`."));

  private NodeGlobals() {}

  /** What to write instead, when this is the message of an error about such a name. */
  static Optional<String> hint(String message) {
    var missing = MISSING.matcher(message);
    return missing.matches()
        ? Optional.ofNullable(HINTS.get(missing.group("name")))
        : Optional.empty();
  }
}
