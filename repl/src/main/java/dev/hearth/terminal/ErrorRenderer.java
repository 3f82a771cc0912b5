package dev.hearth.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.ErrorReport.Location;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Shows an error: what happened and its code, the place in the recipe, what to do next.
 *
 * <pre>
 * error: VM 9000 does not exist on node pve1.                proxmox.vm-not-found
 *   at template.js:14:33
 *      14 |   const vm = await pve.vm(9000).start();
 *         |                                 ^
 *   hint: List the VMs with `pve.vms.list()`; 9001 is the closest.
 * </pre>
 *
 * <p>Errors of the same failure follow, indented. Everything in a report may come from outside, so
 * everything is escaped here.
 */
public final class ErrorRenderer {
  /** How much is shown. */
  public enum Detail {
    /** What a user needs to go on. */
    BRIEF,
    /** Also what was observed and the further places. */
    FULL
  }

  private static final int TAB = 4;

  private final Screen screen;
  private final Detail detail;

  public ErrorRenderer(Screen screen, Detail detail) {
    this.screen = screen;
    this.detail = detail;
  }

  /** The report as lines, each ended. */
  public String text(ErrorReport report) {
    var out = new StringBuilder();
    append(out, report, "error", "", null);
    return out.toString();
  }

  private void append(
      StringBuilder out, ErrorReport report, String label, String indent, @Nullable String hint) {
    appendSentence(out, report, label, indent);
    var inner = indent + "  ";
    if (report.location() != null) {
      appendPlace(out, report.location(), inner);
    }
    if (isFull(report)) {
      var further = report.stack().stream().filter(place -> !place.equals(report.location()));
      for (var place : further.toList()) {
        out.append(inner).append(screen.paint(Role.FAINT, "from " + placeName(place))).append('\n');
      }
      appendDetails(out, report, inner);
    }
    if (report.hint() != null && !report.hint().equals(hint)) {
      appendHint(out, report.hint(), inner);
    }
    for (var other : report.also()) {
      append(out, other, "also", inner, report.hint());
    }
  }

  /** A bug's details are what its finder must send, so they are always shown. */
  private boolean isFull(ErrorReport report) {
    return detail == Detail.FULL || report.kind() == ErrorKind.BUG;
  }

  private void appendSentence(StringBuilder out, ErrorReport report, String label, String indent) {
    var start = indent + label + ": ";
    var hanging = " ".repeat(start.length());
    var lines = wrap(SafeText.lines(report.message()), start.length());
    var code = SafeText.line(report.code());
    for (var i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      out.append(i == 0 ? indent + screen.paint(Role.ERROR, label + ":") + " " : hanging);
      out.append(screen.paint(Role.STRONG, line));
      if (i == lines.size() - 1) {
        appendCode(out, code, start.length() + TextWidth.of(line));
      }
      out.append('\n');
    }
  }

  private void appendCode(StringBuilder out, String code, int used) {
    var gap = screen.width() - used - TextWidth.of(code);
    if (gap < 2 && screen.kind() != Screen.Kind.PIPE) {
      out.append('\n').repeat(' ', Math.max(0, screen.width() - TextWidth.of(code)));
    } else {
      out.repeat(' ', Math.max(2, gap));
    }
    out.append(screen.paint(Role.FAINT, code));
  }

  private List<String> wrap(String text, int indent) {
    return screen.kind() == Screen.Kind.PIPE
        ? List.of(text.split("\n", -1))
        : TextWidth.wrap(text, Math.max(20, screen.width() - indent));
  }

  private void appendHint(StringBuilder out, String hint, String indent) {
    var lines = wrap(SafeText.lines(hint), indent.length() + 6);
    out.append(indent).append(screen.paint(Role.HINT, "hint:")).append(' ');
    out.append(String.join("\n" + indent + "      ", lines)).append('\n');
  }

  private void appendPlace(StringBuilder out, Location place, String indent) {
    out.append(indent).append("at ").append(screen.paint(Role.PLACE, placeName(place)));
    out.append('\n');
    if (place.text() == null) {
      return;
    }
    var gutter = indent + "   " + place.line();
    var excerpt = excerpt(place, gutter.length() + 3);
    out.append(screen.paint(Role.FAINT, gutter + " |")).append(' ');
    out.append(excerpt.source()).append('\n');
    out.repeat(' ', gutter.length()).append(screen.paint(Role.FAINT, " |"));
    out.repeat(' ', excerpt.caret() + 1).append(screen.paint(Role.ERROR, "^")).append('\n');
  }

  private static String placeName(Location place) {
    return SafeText.line(place.file()) + ":" + place.line() + ":" + place.column();
  }

  private record Excerpt(String source, int caret) {}

  /** The source line and the cell under which the caret goes; a long line is cut on both sides. */
  private Excerpt excerpt(Location place, int used) {
    var text = Objects.requireNonNullElse(place.text(), "");
    var column = Math.min(Math.max(place.column(), 1) - 1, text.length());
    var before = safeSource(text.substring(0, column));
    var source = before + safeSource(text.substring(column)).stripTrailing();
    var caret = TextWidth.of(before);
    var room = screen.room() - used;
    var ellipsis = screen.glyphs().ellipsis();
    if (room < 20 || TextWidth.of(source) <= room) {
      return new Excerpt(source, caret);
    }
    if (caret < room - TextWidth.of(ellipsis)) {
      return new Excerpt(TextWidth.cut(source, room, ellipsis), caret);
    }
    var first = TextWidth.indexOfCell(source, caret - room / 2);
    var shown = ellipsis + source.substring(first);
    var shift = TextWidth.of(source.substring(0, first)) - TextWidth.of(ellipsis);
    return new Excerpt(TextWidth.cut(shown, room, ellipsis), caret - shift);
  }

  private static String safeSource(String text) {
    return SafeText.line(text.replace("\t", " ".repeat(TAB)));
  }

  private void appendDetails(StringBuilder out, ErrorReport report, String indent) {
    if (report.details().isEmpty()) {
      return;
    }
    JsonNode details = ErrorJson.details(report);
    out.append(indent).append(screen.paint(Role.FAINT, "details:")).append('\n');
    new ValueView(screen)
        .tree(details)
        .lines()
        .forEach(
            line -> {
              out.append(indent).append("  ").append(line).append('\n');
            });
  }
}
