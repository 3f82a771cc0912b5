package dev.hearth.runtime.spi;

import dev.hearth.runtime.spi.Mention.Argument;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The permissions that a {@link Mention} needs, as far as the text of the recipe tells. A hint for
 * {@code hearth check}; at the gate nothing of it counts.
 *
 * @param needed those that are plain to see, in their canonical form; paths as they were written
 * @param possible the first words of those that may be needed, too: {@code net}, {@code read};
 *     {@link #ANYTHING} for all of them
 */
public record Foreseen(List<String> needed, Set<String> possible) {
  /** All permissions. */
  public static final String ANYTHING = "*";

  private static final Foreseen NOTHING = new Foreseen(List.of(), Set.of());

  /** The scheme, the host and the port of an address, and whether anything ends them. */
  private static final Pattern URL =
      Pattern.compile(
          "(?i)(https?)://(?:[^/?#@\\\\]*@)?(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(?::([0-9]{1,5}))?([/?#].*)?",
          Pattern.DOTALL);

  public Foreseen {
    needed = List.copyOf(needed);
    possible = Set.copyOf(possible);
  }

  public static Foreseen nothing() {
    return NOTHING;
  }

  public static Foreseen needs(String permission) {
    return new Foreseen(List.of(permission), Set.of());
  }

  public static Foreseen maybe(String... words) {
    return new Foreseen(List.of(), Set.of(words));
  }

  public static Foreseen anything() {
    return maybe(ANYTHING);
  }

  /** Both. */
  public Foreseen and(Foreseen other) {
    var all = new LinkedHashSet<>(possible);
    all.addAll(other.possible);
    return new Foreseen(Stream.concat(needed.stream(), other.needed.stream()).toList(), all);
  }

  /**
   * {@code word=…} for an argument that says what.
   *
   * @param argument empty when it is left out: then the call fails, and nothing is needed
   */
  public static Foreseen named(String word, Optional<Argument> argument) {
    return argument
        .map(it -> it.text().map(text -> needs(word + "=" + text)).orElseGet(() -> maybe(word)))
        .orElse(NOTHING);
  }

  /** The same, for an argument that has a default. */
  public static Foreseen named(String word, Optional<Argument> argument, String orElse) {
    return named(word, argument.or(() -> Optional.of(Argument.text(orElse, true))));
  }

  /**
   * The intent on the connection that the first argument of a call names; nothing for the default,
   * which the intent itself speaks of.
   *
   * @param spelledOut what may be needed where the argument is no name, or is not known
   */
  public static Foreseen connection(String binding, Mention mention, String... spelledOut) {
    return mention
        .argument(0)
        .map(
            target ->
                target
                    .text()
                    .map(name -> needs(binding + "=" + name + ":read"))
                    .orElseGet(() -> maybe(spelledOut)))
        .orElse(NOTHING);
  }

  /** The host and port of an address on the web; the rest of it need not be known. */
  public static Foreseen url(Optional<Argument> argument) {
    if (argument.isEmpty()) {
      return NOTHING;
    }
    var url = URL.matcher(argument.get().beginning());
    if (!url.matches() || (url.group(4) == null && !argument.get().isWhole())) {
      return maybe("net");
    }
    var standard = url.group(1).equalsIgnoreCase("https") ? "443" : "80";
    var port = url.group(3) == null ? standard : url.group(3);
    return needs("net=" + url.group(2).toLowerCase(Locale.ROOT) + ":" + port);
  }
}
