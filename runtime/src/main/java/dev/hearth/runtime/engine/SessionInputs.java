package dev.hearth.runtime.engine;

import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.ErrorReport.Location;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of one session, each a module of its own. They are kept: what one declared may fail
 * much later, and its error then has its place in what was typed.
 */
final class SessionInputs {
  private static final Pattern PLACE =
      Pattern.compile("((?:\\S*/)?)(repl-\\d{1,9}):(\\d{1,9}):(\\d{1,9})");

  private final ModuleFiles modules;
  private final Map<String, Typed> byModule = new HashMap<>();

  SessionInputs(ModuleFiles modules) {
    this.modules = modules;
  }

  private record Typed(String text, String source, ReplInput input) {}

  /**
   * Makes a module of what was typed.
   *
   * @param source what its errors call it
   * @return what to import
   */
  String add(String text, String source) {
    var input = ReplInput.of(text);
    var name = "repl-" + (byModule.size() + 1);
    var path = modules.root().resolve(name);
    modules.put(path, input.module().getBytes(StandardCharsets.UTF_8));
    byModule.put(name, new Typed(text, source, input));
    return path.toUri().toString();
  }

  /** The error as of what was typed, without what was put into the modules. */
  ErrorReport asTyped(ErrorReport error) {
    var place = error.location();
    return new ErrorReport(
        error.code(),
        error.kind(),
        error.message(),
        error.hint(),
        place == null ? null : asTyped(place).orElse(null),
        error.details(),
        error.stack().stream().map(this::asTyped).flatMap(Optional::stream).toList(),
        error.also());
  }

  /** A text in which an error says where it is from, such as its stack. */
  String asTyped(String text) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place -> {
              var line = Integer.parseInt(place.group(3));
              var column = Integer.parseInt(place.group(4));
              var at = asTyped(new Location(place.group(2), line, column, null));
              return Matcher.quoteReplacement(
                  at.map(l -> l.file() + ":" + l.line() + ":" + l.column()).orElse("repl"));
            });
  }

  /** Empty for a place in what was put in. */
  private Optional<Location> asTyped(Location place) {
    var typed = typed(place);
    if (typed == null) {
      return Optional.of(place);
    }
    var lines = typed.text.split("\n", -1);
    if (place.line() > lines.length) {
      return Optional.empty();
    }
    var text = lines[place.line() - 1];
    int column = Math.min(place.column() - shift(typed, place.line()), text.length() + 1);
    return Optional.of(new Location(typed.source, place.line(), Math.max(1, column), text));
  }

  private @Nullable Typed typed(Location place) {
    var file = Path.of(place.file()).getFileName();
    return file == null ? null : byModule.get(file.toString());
  }

  private static int shift(Typed typed, int line) {
    int offset = typed.input.insertedAt();
    return offset >= 0 && typed.text.substring(0, offset).split("\n", -1).length == line
        ? typed.input.insertedLength()
        : 0;
  }
}
