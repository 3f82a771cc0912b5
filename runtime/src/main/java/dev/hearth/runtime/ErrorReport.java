package dev.hearth.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as people and programs get to see it: what the one renderer prints and {@code --json}
 * carries.
 *
 * @param code stable id such as {@code proxmox.vm-not-found}; {@code recipe.error} for what a
 *     recipe threw itself
 * @param message one sentence
 * @param hint what to do next; {@code null} when Hearth cannot know, as for a recipe's own errors
 * @param location where in the recipe; {@code null} when it has no place there
 * @param details what was observed, by name; JSON-compatible values
 * @param stack further places, outermost last, for {@code --verbose}
 * @param also further errors of the same failure: all invalid parameters, a failed undo
 */
public record ErrorReport(
    String code,
    ErrorKind kind,
    String message,
    @Nullable String hint,
    @Nullable Location location,
    Map<String, Object> details,
    List<Location> stack,
    List<ErrorReport> also) {

  /**
   * A place in a source file.
   *
   * @param file as the user named it, or a {@code hearth:} module
   * @param line counted from 1
   * @param column counted from 1
   * @param text the whole source line; {@code null} when the source is gone
   */
  public record Location(String file, int line, int column, @Nullable String text) {}

  /** A report of a deliberate failure, at the place that it knows itself, if any. */
  public static ErrorReport of(HearthException e) {
    return at(e, e.location().orElse(null));
  }

  /** A report of a deliberate failure at a place. */
  public static ErrorReport at(HearthException e, @Nullable Location location) {
    return new ErrorReport(
        e.id(),
        e.kind(),
        e.sentence(),
        e.hint(),
        location,
        e.details(),
        List.of(),
        e.also().stream().map(ErrorReport::of).toList());
  }

  /** The same report with one more error of the same failure. */
  public ErrorReport also(ErrorReport other) {
    var more = new ArrayList<>(also);
    more.add(other);
    return new ErrorReport(code, kind, message, hint, location, details, stack, List.copyOf(more));
  }

  /** The same report at another place; {@code null} for none. */
  public ErrorReport at(@Nullable Location place) {
    return new ErrorReport(code, kind, message, hint, place, details, stack, also);
  }

  /** The same report with these places, innermost first; without any it keeps its own. */
  public ErrorReport thrownAt(List<Location> frames) {
    return frames.isEmpty()
        ? this
        : new ErrorReport(
            code, kind, message, hint, frames.getFirst(), details, List.copyOf(frames), also);
  }
}
