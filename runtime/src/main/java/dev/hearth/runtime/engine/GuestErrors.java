package dev.hearth.runtime.engine;

import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.ErrorReport.Location;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.module.RecipeError;
import dev.hearth.runtime.report.ErrorJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** Errors of JavaScript as reports: what, where in the recipe, and what to do. */
final class GuestErrors {
  private static final int MAX_FRAMES = 20;

  private final Guest guest;
  private final ModuleFiles modules;
  private final Function<Path, String> display;
  private final SourceMaps maps;
  private final Bugs bugs;

  /**
   * Errors of one realm.
   *
   * @param display names a file as the user did
   * @param note is told what of them cannot be shown better
   */
  GuestErrors(
      Guest guest,
      ModuleFiles modules,
      Function<Path, String> display,
      Consumer<String> note,
      Bugs bugs) {
    this.bugs = bugs;
    this.maps = new SourceMaps(modules, display, note);
    this.guest = guest;
    this.modules = modules;
    this.display = display;
  }

  /** A value that JavaScript threw, or a promise was rejected with. */
  ErrorReport report(Value thrown) {
    var json = guest.reportOf().execute(thrown);
    if (json.isString()) {
      var frames = frames(guest.traceOf().execute(thrown));
      return ErrorJson.read(Bridge.tree(json.asString())).thrownAt(frames);
    }
    return thrown.isException() ? report(exceptionOf(thrown), thrown) : bare(thrown, List.of());
  }

  /** An exception that left JavaScript on its way to Java. */
  ErrorReport report(PolyglotException e) {
    if (e.isInternalError() || e.isHostException()) {
      return ErrorReport.of(Bridge.failure(e, "JavaScript engine", bugs));
    }
    var object = e.getGuestObject();
    if (object == null || e.isInterrupted() || e.isSyntaxError()) {
      return report(e, null);
    }
    return isBare(object) ? bare(object, frames(e)) : report(object);
  }

  /** What is thrown without being an error; it knows no place, its throwing may. */
  private static boolean isBare(Value thrown) {
    return !thrown.isException() && !thrown.hasMembers();
  }

  private ErrorReport bare(Value thrown, List<Location> frames) {
    var shown = guest.inspect().execute(thrown).asString();
    return thrown.isNull()
        ? own(
            "The recipe threw `" + shown + "`, which says nothing.",
            "Throw an error: `throw new Error('what went wrong')`.",
            frames)
        : own(shown, "", frames);
  }

  private ErrorReport report(PolyglotException e, @Nullable Value thrown) {
    var message = e.getMessage() == null ? "" : e.getMessage();
    var refusal = modules.refusalOf(message);
    if (refusal.isPresent()) {
      var error = refusal.get().error();
      return ErrorReport.at(error, error.location().orElseGet(() -> first(frames(e))));
    }
    if (e.isResourceExhausted()) {
      return ErrorReport.at(OutOfMemory.failure(), first(frames(e)));
    }
    var frames = frames(e);
    if (GuestJson.isTooDeep(message)) {
      return ErrorReport.at(GuestJson.tooDeep("What is handed over"), first(frames));
    }
    // What `JSON.parse` throws is a syntax error too, and not one of the recipe's text.
    if (e.isSyntaxError() && (e.getSourceLocation() != null || frames.isEmpty())) {
      var place = e.getSourceLocation() == null ? null : location(e.getSourceLocation());
      return new ErrorReport(
          "recipe.syntax",
          ErrorKind.RECIPE,
          (place == null ? brokenJson() : "") + syntaxMessage(message),
          RecipeError.SYNTAX.text().hint(),
          place,
          Map.of(),
          List.of(),
          List.of());
    }
    var details = thrown == null ? Map.<String, Object>of() : cause(thrown);
    var hint = NodeGlobals.hint(message).or(() -> ForgottenAwait.hint(message)).orElse("");
    var report = own(withoutDefaultName(message), hint, frames);
    return details.isEmpty()
        ? report
        : new ErrorReport(
            report.code(),
            report.kind(),
            report.message(),
            report.hint(),
            report.location(),
            details,
            report.stack(),
            report.also());
  }

  /** The engine gives broken JSON no place; it is what was read last. */
  private String brokenJson() {
    var last = modules.loaded().isEmpty() ? null : modules.loaded().getLast();
    return last != null && last.toString().endsWith(".json")
        ? "`" + display.apply(last) + "` is not JSON: "
        : "";
  }

  private Map<String, Object> cause(Value thrown) {
    if (!thrown.hasMembers() || !thrown.hasMember("cause")) {
      return Map.of();
    }
    try {
      return Map.of("cause", guest.inspect().execute(thrown.getMember("cause")).asString());
    } catch (PolyglotException e) {
      if (e.isInterrupted() || e.isCancelled()) {
        throw e;
      }
      return Map.of(); // a getter that throws itself must not hide the error it belongs to
    }
  }

  private static ErrorReport own(String message, String hint, List<Location> frames) {
    return new ErrorReport(
        "recipe.error",
        ErrorKind.RECIPE,
        message.isEmpty() ? "The recipe threw an error without a message." : message,
        hint.isEmpty() ? null : hint,
        first(frames),
        Map.of(),
        frames,
        List.of());
  }

  /** {@code Error: x} says no more than {@code x}; {@code TypeError: x} does. */
  private static String withoutDefaultName(String message) {
    return message.startsWith("Error: ") ? message.substring("Error: ".length()) : message;
  }

  /** The engine's text repeats the place and the source line, which the report has apart. */
  private static String syntaxMessage(String message) {
    var line = message.split("\n", 2)[0];
    return line.replaceFirst("^SyntaxError: ", "").replaceFirst("^\\S+:\\d+:\\d+ ", "");
  }

  /** The places of an error in the user's files, innermost first. */
  List<Location> frames(Value error) {
    return error.isException() ? frames(exceptionOf(error)) : List.of();
  }

  private List<Location> frames(PolyglotException e) {
    var found = new ArrayList<Location>();
    for (var frame : e.getPolyglotStackTrace()) {
      var section = frame.isGuestFrame() ? frame.getSourceLocation() : null;
      var place = section == null ? null : location(section);
      if (place != null && found.size() < MAX_FRAMES) {
        found.add(place);
      }
    }
    return List.copyOf(found);
  }

  private static PolyglotException exceptionOf(Value error) {
    try {
      throw error.throwException();
    } catch (PolyglotException e) {
      return e;
    }
  }

  private static @Nullable Location first(List<Location> frames) {
    return frames.isEmpty() ? null : frames.getFirst();
  }

  /** {@code null} for what is not the user's: facades and the engine's own scripts. */
  private @Nullable Location location(SourceSection section) {
    var file = file(section.getSource());
    if (file == null) {
      return null;
    }
    int line = section.getStartLine();
    int column = column(section);
    var source = section.getSource();
    var user = userFile(source);
    if (user.isEmpty()) {
      return new Location(file, line, column, source.getCharacters(line).toString());
    }
    var module = user.get();
    return maps.original(module, source.getCharacters(), line, column)
        .orElseGet(
            () ->
                new Location(
                    file,
                    line,
                    column,
                    modules
                        .written(module, line)
                        .orElseGet(
                            () -> ModuleTokens.shown(source.getCharacters(line).toString()))));
  }

  private @Nullable String file(Source source) {
    if (source.isInternal() || source.getName().startsWith("hearth:")) {
      return null;
    }
    return source.getPath() == null ? source.getName() : userFile(source).map(display).orElse(null);
  }

  /** The file behind a source; empty for a facade and for what was typed. */
  private static Optional<Path> userFile(Source source) {
    var path = source.getPath();
    if (path == null || path.startsWith("hearth:")) {
      return Optional.empty();
    }
    var module = ModulePath.parse(path);
    return module.isPresent() ? module.get().file() : Optional.of(Path.of(path));
  }

  /**
   * Where the caret goes. A call's section begins with its receiver; in a chain the interesting
   * place is the last name before the arguments.
   */
  private static int column(SourceSection section) {
    int begin = section.getStartColumn();
    if (!section.hasLines() || section.getStartLine() != section.getEndLine()) {
      return begin;
    }
    return begin + CallText.nameOffset(section.getCharacters().toString());
  }

  /** A deliberate failure at the place where {@code trace} was made. */
  ErrorReport at(HearthException e, Value trace) {
    var frames = frames(trace);
    return ErrorReport.at(e, first(frames));
  }
}
