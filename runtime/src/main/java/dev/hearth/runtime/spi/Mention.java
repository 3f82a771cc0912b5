package dev.hearth.runtime.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A place in the text of a recipe that names an export of a module: what {@link Binding#foresee} is
 * asked about. Nothing of it has run.
 *
 * @param path the export and what was taken of it, such as {@code [fs, read]}; {@code ()} stands
 *     for the result of a call, and {@code *} alone for all exports at once
 * @param kind what is done with it
 * @param arguments those of a call; the pieces of the text of a template
 */
public record Mention(List<String> path, Kind kind, List<Argument> arguments) {
  public Mention {
    path = List.copyOf(path);
    arguments = List.copyOf(arguments);
  }

  /** What is done with what is named. */
  public enum Kind {
    CALL,
    /** It is called, and the result is used at once, which is a mention of its own. */
    CALL_GOING_ON,
    /** It is the tag of a template. */
    TAG,
    /** It is kept, passed on or taken apart: what is done with it afterwards cannot be seen. */
    OTHER
  }

  /**
   * An argument, as far as the text tells it.
   *
   * @param beginning the text that it begins with; empty when nothing is known
   * @param isWhole whether {@code beginning} is all of it
   * @param fields of an object or array all of whose values are plain texts and numbers: these, by
   *     their names or places
   */
  public record Argument(String beginning, boolean isWhole, Optional<Map<String, String>> fields) {
    /** One that only running the recipe would tell. */
    public static final Argument UNKNOWN = new Argument("", false, Optional.empty());

    public static Argument text(String beginning, boolean isWhole) {
      return new Argument(beginning, isWhole, Optional.empty());
    }

    /** The text, if all of it is known. */
    public Optional<String> text() {
      return isWhole ? Optional.of(beginning) : Optional.empty();
    }
  }

  /** Whether it is a call of what stands at {@code path}, dots between its names. */
  public boolean calls(String dotted) {
    return (kind == Kind.CALL || kind == Kind.CALL_GOING_ON)
        && String.join(".", path).equals(dotted);
  }

  /** The argument at a place from 0 on; empty when it is left out. */
  public Optional<Argument> argument(int index) {
    return index < arguments.size() ? Optional.of(arguments.get(index)) : Optional.empty();
  }
}
