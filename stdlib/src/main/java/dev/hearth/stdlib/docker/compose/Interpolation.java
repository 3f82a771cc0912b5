package dev.hearth.stdlib.docker.compose;

import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.docker.compose.Value.Entry;
import dev.hearth.stdlib.docker.compose.Value.Mapping;
import dev.hearth.stdlib.docker.compose.Value.Scalar;
import dev.hearth.stdlib.docker.compose.Value.Sequence;
import java.util.LinkedHashMap;

/** Puts the values of variables where a model names them; keys have none. */
final class Interpolation {
  private static final int DEEPEST = 20;

  private final Variables variables;
  private final Place place;
  private final String text;
  private int at;

  private Interpolation(Variables variables, Place place, String text) {
    this.variables = variables;
    this.place = place;
    this.text = text;
  }

  /** A model with the values of the variables of where it is written. */
  static Mapping of(Mapping model) {
    var findings = new Findings();
    var result = of(model, findings);
    findings.raise();
    return result;
  }

  private static Mapping of(Mapping model, Findings findings) {
    var entries = new LinkedHashMap<String, Entry>();
    model
        .entries()
        .forEach(
            (key, entry) -> entries.put(key, new Entry(entry.key(), of(entry.value(), findings))));
    return new Mapping(model.place(), model.how(), entries);
  }

  private static Value of(Value value, Findings findings) {
    return switch (value) {
      case Mapping mapping -> of(mapping, findings);
      case Sequence list ->
          new Sequence(
              list.place(),
              list.how(),
              list.items().stream().map(item -> of(item, findings)).toList());
      case Scalar scalar -> scalar.text().indexOf('$') < 0 ? scalar : of(scalar, findings);
    };
  }

  private static Scalar of(Scalar scalar, Findings findings) {
    try {
      var place = scalar.place();
      return scalar.with(apply(scalar.text(), place.origin().variables(), place));
    } catch (HearthException e) {
      if (e.code() == ComposeError.COMPOSE_VARIABLE
          || e.code() == ComposeError.COMPOSE_INTERPOLATION) {
        findings.add(e);
        return scalar;
      }
      throw e;
    }
  }

  /** A text with the values of the variables that it names. */
  static String apply(String text, Variables variables, Place place) {
    return new Interpolation(variables, place, text).rest(false, true, 0);
  }

  /**
   * What follows, to its end or to the brace that closes it.
   *
   * @param isTaken whether the value is going to be used, so that what it needs must be there
   */
  private String rest(boolean isInBraces, boolean isTaken, int depth) {
    if (depth > DEEPEST) {
      throw malformed();
    }
    var out = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '}' && isInBraces) {
        return out.toString();
      }
      at++;
      if (c == '$') {
        out.append(variable(isTaken, depth));
      } else {
        out.append(c);
      }
    }
    if (isInBraces) {
      throw malformed();
    }
    return out.toString();
  }

  private String variable(boolean isTaken, int depth) {
    if (at >= text.length()) {
      throw malformed();
    }
    char c = text.charAt(at);
    if (c == '$') {
      at++;
      return "$";
    }
    if (c != '{') {
      var name = name();
      return isTaken ? variables.plain(name) : "";
    }
    at++;
    var value = braced(isTaken, depth);
    if (at >= text.length() || text.charAt(at) != '}') {
      throw malformed();
    }
    at++;
    return value;
  }

  private String braced(boolean isTaken, int depth) {
    var name = name();
    if (at < text.length() && text.charAt(at) == '}') {
      return isTaken ? variables.plain(name) : "";
    }
    boolean alsoEmpty = at < text.length() && text.charAt(at) == ':';
    if (alsoEmpty) {
      at++;
    }
    if (at >= text.length()) {
      throw malformed();
    }
    char operator = text.charAt(at++);
    var value = variables.find(name).filter(found -> !alsoEmpty || !found.isEmpty());
    return switch (operator) {
      case '-' -> {
        var other = rest(true, isTaken && value.isEmpty(), depth + 1);
        yield value.orElse(other);
      }
      case '+' -> {
        var other = rest(true, isTaken && value.isPresent(), depth + 1);
        yield value.isPresent() ? other : "";
      }
      case '?' -> {
        var why = rest(true, isTaken && value.isEmpty(), depth + 1);
        if (value.isEmpty() && isTaken) {
          throw place.error(
              ComposeError.COMPOSE_VARIABLE, name, why.isBlank() ? "it is not set" : why.strip());
        }
        yield value.orElse("");
      }
      default -> throw malformed();
    };
  }

  private String name() {
    int begin = at;
    while (at < text.length() && isOfName(text.charAt(at), at == begin)) {
      at++;
    }
    if (at == begin) {
      throw malformed();
    }
    return text.substring(begin, at);
  }

  private static boolean isOfName(char c, boolean isFirst) {
    return c == '_'
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (!isFirst && c >= '0' && c <= '9');
  }

  private dev.hearth.runtime.HearthException malformed() {
    return place.error(
        ComposeError.COMPOSE_INTERPOLATION, dev.hearth.runtime.permission.VisibleText.of(text));
  }
}
