package dev.hearth.runtime.report;

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
  private static final String WARNING = "warning";

  private final Page page;
  private final Detail detail;

  public ErrorRenderer(Page page, Detail detail) {
    this.page = page;
    this.detail = detail;
  }

  /** The report as lines, each ended. */
  public String text(ErrorReport report) {
    var out = new StringBuilder();
    append(out, report, "error", "", null);
    return out.toString();
  }

  /** The same of what may be wrong, and fails nothing. */
  public String warning(ErrorReport report) {
    var out = new StringBuilder();
    append(out, report, WARNING, "", null);
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
        out.append(inner)
            .append(page.paint(Page.Part.FAINT, "from " + placeName(place)))
            .append('\n');
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
      var part = label.equals(WARNING) ? Page.Part.WARNING : Page.Part.ERROR;
      out.append(i == 0 ? indent + page.paint(part, label + ":") + " " : hanging);
      out.append(page.paint(Page.Part.STRONG, line));
      if (i == lines.size() - 1) {
        appendCode(out, code, start.length() + page.cells(line));
      }
      out.append('\n');
    }
  }

  private void appendCode(StringBuilder out, String code, int used) {
    var gap = page.width() - used - page.cells(code);
    if (gap < 2 && page.isBounded()) {
      out.append('\n').repeat(' ', Math.max(0, page.width() - page.cells(code)));
    } else {
      out.repeat(' ', Math.max(2, gap));
    }
    out.append(page.paint(Page.Part.FAINT, code));
  }

  private List<String> wrap(String text, int indent) {
    return page.wrap(text, page.width() - indent);
  }

  private void appendHint(StringBuilder out, String hint, String indent) {
    var lines = wrap(SafeText.lines(hint), indent.length() + 6);
    out.append(indent).append(page.paint(Page.Part.HINT, "hint:")).append(' ');
    out.append(String.join("\n" + indent + "      ", lines)).append('\n');
  }

  private void appendPlace(StringBuilder out, Location place, String indent) {
    out.append(indent).append("at ").append(page.paint(Page.Part.PLACE, placeName(place)));
    out.append('\n');
    if (place.text() == null) {
      return;
    }
    var gutter = indent + "   " + place.line();
    var excerpt = excerpt(place, gutter.length() + 3);
    out.append(page.paint(Page.Part.FAINT, gutter + " |")).append(' ');
    out.append(excerpt.source()).append('\n');
    out.repeat(' ', gutter.length()).append(page.paint(Page.Part.FAINT, " |"));
    out.repeat(' ', excerpt.caret() + 1).append(page.paint(Page.Part.ERROR, "^")).append('\n');
  }

  private static String placeName(Location place) {
    return SafeText.line(place.file()) + ":" + place.line() + ":" + place.column();
  }

  private Page.Excerpt excerpt(Location place, int used) {
    var text = Objects.requireNonNullElse(place.text(), "");
    var column = Math.min(Math.max(place.column(), 1) - 1, text.length());
    var before = safeSource(text.substring(0, column));
    var source = before + safeSource(text.substring(column)).stripTrailing();
    return page.excerpt(new Page.Excerpt(source, page.cells(before)), used);
  }

  private static String safeSource(String text) {
    return SafeText.line(text.replace("\t", " ".repeat(TAB)));
  }

  private void appendDetails(StringBuilder out, ErrorReport report, String indent) {
    if (report.details().isEmpty()) {
      return;
    }
    out.append(indent).append(page.paint(Page.Part.FAINT, "details:")).append('\n');
    page.tree(ErrorJson.details(report))
        .lines()
        .forEach(
            line -> {
              out.append(indent).append("  ").append(line).append('\n');
            });
  }
}
