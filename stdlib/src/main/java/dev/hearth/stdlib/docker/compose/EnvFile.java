package dev.hearth.stdlib.docker.compose;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Files of variables: Compose's own form, and the raw one of {@code docker run --env-file}. */
final class EnvFile {
  private static final Pattern LINE =
      Pattern.compile("(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \\t]*(?:([=:])[ \\t]*)?");

  private final Place file;
  private final Variables outer;
  private final Map<String, String> found = new LinkedHashMap<>();
  private final String text;
  private int at;

  private EnvFile(String name, String text, Variables outer) {
    this.file = Origin.plain(name, text).start();
    this.text = text;
    this.outer = outer;
  }

  /** The variables of a file; a name without a value is taken from {@code outer}. */
  static Map<String, String> read(String name, String text, Variables outer) {
    return new EnvFile(name, text, outer).all();
  }

  /** The lines as they are, without quotes and variables. */
  static Map<String, String> raw(String name, String text, Variables outer) {
    var found = new LinkedHashMap<String, String>();
    int offset = 0;
    for (var line : text.split("\n", -1)) {
      var entry = line.stripLeading().replaceFirst("\r$", "");
      int equals = entry.indexOf('=');
      if (equals == 0) {
        throw Origin.plain(name, text)
            .start()
            .at(offset)
            .error(ComposeError.COMPOSE_ENV_FILE, "a name is missing");
      }
      if (equals > 0) {
        found.put(entry.substring(0, equals), entry.substring(equals + 1));
      } else if (!entry.isEmpty() && !entry.startsWith("#")) {
        outer.find(entry).ifPresent(value -> found.put(entry, value));
      }
      offset += line.length() + 1;
    }
    return found;
  }

  private Map<String, String> all() {
    while (skipToNext()) {
      var line = LINE.matcher(text).region(at, text.length());
      if (!line.lookingAt()) {
        throw problem("this is no variable");
      }
      var name = line.group(1);
      at = line.end();
      if (line.group(2) == null) {
        requireEnd();
        outer.find(name).ifPresent(value -> found.put(name, value));
      } else {
        found.put(name, value());
      }
    }
    return found;
  }

  /** Whether there is more behind blank lines and comments. */
  private boolean skipToNext() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (Character.isWhitespace(c) || c == '\uFEFF') {
        at++;
      } else {
        return true;
      }
    }
    return false;
  }

  private String value() {
    if (at >= text.length()) {
      return "";
    }
    char quote = text.charAt(at);
    if (quote == '"' || quote == '\'') {
      return quoted(quote);
    }
    int end = text.indexOf('\n', at);
    int stop = end < 0 ? text.length() : end;
    var line = text.substring(at, stop);
    var place = file.at(at);
    at = stop;
    var value = line.replaceFirst("(^|[ \\t])#.*$", "").strip();
    return interpolated(value, place);
  }

  private String quoted(char quote) {
    var place = file.at(at);
    var out = new StringBuilder();
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        at = i + 1;
        requireEnd();
        var value = out.toString();
        return quote == '\'' ? value : interpolated(value, place);
      }
      if (c == '\\' && i + 1 < text.length()) {
        i = escape(out, quote, i);
      } else {
        out.append(c);
      }
    }
    throw problem("the quote is not closed");
  }

  /** Appends what the escape at {@code i} means, and returns where it ends. */
  private int escape(StringBuilder out, char quote, int i) {
    char next = text.charAt(i + 1);
    if (quote == '\'') {
      out.append(next == '\'' ? "'" : "\\" + next);
      return i + 1;
    }
    switch (next) {
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case '$' -> out.append("$$");
      case '"', '\\' -> out.append(next);
      default -> out.append('\\').append(next);
    }
    return i + 1;
  }

  /** Names of this file come first, as it is read from the top. */
  private String interpolated(String value, Place place) {
    if (value.indexOf('$') < 0) {
      return value;
    }
    var inner = new Variables(Map.of(), name -> outer.find(name).or(() -> mine(name)));
    return Interpolation.apply(value, inner, place);
  }

  private Optional<String> mine(String name) {
    return Optional.ofNullable(found.get(name));
  }

  private void requireEnd() {
    int end = text.indexOf('\n', at);
    int stop = end < 0 ? text.length() : end;
    var more = text.substring(at, stop).strip();
    if (!more.isEmpty() && !more.startsWith("#")) {
      throw problem("something follows the value");
    }
    at = stop;
  }

  private dev.hearth.runtime.HearthException problem(String what) {
    return file.at(at).error(ComposeError.COMPOSE_ENV_FILE, what);
  }
}
