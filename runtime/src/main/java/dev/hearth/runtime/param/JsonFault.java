package dev.hearth.runtime.param;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import dev.hearth.runtime.ErrorReport.Location;
import dev.hearth.runtime.permission.VisibleText;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is wrong with a text that is no JSON or YAML, in our words: the parser's own name its
 * classes and its options.
 *
 * @param reason as the rest of "it is not JSON: …"; safe to show
 * @param line counted from 1; 0 when unknown
 * @param column counted from 1
 */
public record JsonFault(String reason, int line, int column) {
  private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.*)'");
  private static final Pattern CHARACTER = Pattern.compile("Unexpected character \\('(.)' .*");
  private static final Pattern WORD = Pattern.compile("Unrecognized token '(.*)':.*");

  public static JsonFault of(JsonProcessingException e) {
    var place = e.getLocation();
    return place == null || place.getLineNr() < 1
        ? new JsonFault(reason(e), 0, 1)
        : new JsonFault(reason(e), place.getLineNr(), Math.max(1, place.getColumnNr()));
  }

  /** The place in {@code file}; empty when the parser did not know. */
  public Optional<Location> in(String file) {
    return line == 0 ? Optional.empty() : Optional.of(new Location(file, line, column, null));
  }

  private static String reason(JsonProcessingException e) {
    var said = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    return switch (e) {
      case JsonEOFException _ -> "it ends in the middle of a value";
      case StreamConstraintsException _ ->
          said.contains("nesting depth")
              ? "it is nested too deeply"
              : "a text, a name or a number in it is too long";
      case MismatchedInputException _ -> "something follows its value";
      case JacksonYAMLParseException _ -> quoted(said);
      case JsonParseException _ -> syntax(said);
      default -> "it cannot be understood";
    };
  }

  private static String syntax(String said) {
    var duplicate = DUPLICATE.matcher(said);
    if (duplicate.lookingAt()) {
      return "the key `" + quoted(duplicate.group(1)) + "` stands twice in one object";
    }
    var character = CHARACTER.matcher(said);
    if (character.lookingAt()) {
      return "`" + quoted(character.group(1)) + "` cannot stand here";
    }
    var word = WORD.matcher(said);
    return word.lookingAt()
        ? "`" + quoted(word.group(1)) + "` is no value; texts stand in double quotes"
        : "it is malformed here";
  }

  private static String quoted(String text) {
    return VisibleText.of(text.replace('`', '\''));
  }
}
