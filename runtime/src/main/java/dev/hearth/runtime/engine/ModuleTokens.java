package dev.hearth.runtime.engine;

import dev.hearth.runtime.module.ModuleSyntax.Import;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says whose an import is. The engine does not tell which module a specifier stands in, so each
 * module's static imports are given a token of that module in front when its text is loaded. Tokens
 * cannot be guessed, and JavaScript has no way to read the text of an import declaration. What has
 * none, such as a specifier that is computed, is nobody's.
 */
final class ModuleTokens {
  private static final String SCHEME = "hearth-as:";
  private static final Pattern PREFIX = Pattern.compile(SCHEME + "([0-9a-f]{32})/");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<ModulePath, String> tokens = new HashMap<>();
  private final Map<String, ModulePath> modules = new HashMap<>();

  /** A specifier as it was written, and the module that it stands in. */
  record Attributed(ModulePath importer, String specifier) {}

  static String newToken() {
    var bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** {@code specifier} as it stands in the text of {@code importer} once that is loaded. */
  String attribute(ModulePath importer, String specifier) {
    return prefix(importer) + specifier;
  }

  private String prefix(ModulePath importer) {
    var token = tokens.computeIfAbsent(importer, _ -> newToken());
    modules.put(token, importer);
    return SCHEME + token + "/";
  }

  /** The text of {@code importer} with a token in each of its static imports. */
  String attribute(ModulePath importer, String text, List<Import> imports) {
    var prefix = prefix(importer);
    var all = new StringBuilder(text.length() + imports.size() * prefix.length());
    int from = 0;
    for (var each : imports) { // in the order of the text
      if (each.kind().isStatic()) {
        int quote = each.start() + 1;
        all.append(text, from, quote).append(prefix);
        from = quote;
      }
    }
    return all.append(text, from, text.length()).toString();
  }

  /** Whose a specifier is; empty for one without a token of this run. */
  Optional<Attributed> read(String specifier) {
    var found = PREFIX.matcher(specifier);
    if (!found.lookingAt()) {
      return Optional.empty();
    }
    var importer = modules.get(found.group(1));
    return importer == null
        ? Optional.empty()
        : Optional.of(new Attributed(importer, specifier.substring(found.end())));
  }

  /** Text of a module as its author wrote it. */
  static String shown(String text) {
    return text.contains(SCHEME) ? PREFIX.matcher(text).replaceAll("") : text;
  }
}
