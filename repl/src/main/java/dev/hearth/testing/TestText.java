package dev.hearth.testing;

import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.report.ErrorRenderer;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.terminal.Role;
import dev.hearth.terminal.Screen;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tests for people: a tree of names as they end, then each failure with its place. */
public final class TestText {
  private static final String DIFFERENCE = "difference";

  private final PrintStream out;
  private final Screen screen;
  private final ErrorRenderer renderer;
  private final boolean onlyFailures;
  private final List<TestResult> failures = new ArrayList<>();
  private List<String> open = List.of();

  /**
   * @param onlyFailures names only what failed
   */
  public TestText(
      PrintStream out, Screen screen, ErrorRenderer.Detail detail, boolean onlyFailures) {
    this.out = out;
    this.screen = screen;
    this.renderer = new ErrorRenderer(screen, detail);
    this.onlyFailures = onlyFailures;
  }

  /** A result, in the order of the tests. */
  public void add(TestResult result) {
    if (result.status() == TestResult.Status.FAILED) {
      failures.add(result);
    }
    if (!onlyFailures) {
      openSuites(result);
      out.println(indent(result.path().size()) + line(result));
      out.flush();
    }
  }

  private void openSuites(TestResult result) {
    var suites = new ArrayList<String>();
    suites.add(result.file());
    suites.addAll(result.path().subList(0, result.path().size() - 1));
    var same = 0;
    while (same < Math.min(open.size(), suites.size()) && open.get(same).equals(suites.get(same))) {
      same++;
    }
    for (var i = same; i < suites.size(); i++) {
      out.println(indent(i) + screen.paint(Role.STRONG, SafeText.line(suites.get(i))));
    }
    open = List.copyOf(suites);
  }

  private String line(TestResult result) {
    var glyphs = screen.glyphs();
    var name = SafeText.line(result.path().getLast());
    return switch (result.status()) {
      case PASSED -> glyphs.tick() + " " + name + took(result.duration());
      case FAILED ->
          screen.paint(Role.ERROR, glyphs.cross() + " " + name) + took(result.duration());
      case SKIPPED -> screen.paint(Role.FAINT, "- " + name + " (skipped)");
      case TODO -> screen.paint(Role.FAINT, "- " + name + " (to do)");
    };
  }

  private String took(Duration duration) {
    return screen.paint(Role.FAINT, " (" + DurationText.format(duration) + ")");
  }

  private static String indent(int depth) {
    return "  ".repeat(depth);
  }

  /** All failures, and how many tests came to what. */
  public void end(TestCounts counts, Duration duration) {
    for (var failure : failures) {
      out.println();
      out.println(
          screen.paint(
              Role.ERROR,
              screen.glyphs().cross()
                  + " "
                  + SafeText.line(failure.file() + " > " + failure.name())));
      var error = failure.error();
      if (error != null) {
        out.print(renderer.text(error));
        difference(error);
      }
    }
    if (!onlyFailures || !failures.isEmpty()) {
      out.println();
    }
    out.println(counts.text() + " (" + DurationText.format(duration) + ")");
  }

  private void difference(ErrorReport error) {
    if (!(error.details().get(DIFFERENCE) instanceof String difference)) {
      return;
    }
    out.println("  difference (- expected, + received):");
    for (var line : SafeText.lines(difference).split("\n", -1)) {
      out.println("    " + (line.startsWith("  ") ? line : screen.paint(role(line), line)));
    }
  }

  private static Role role(String line) {
    return line.startsWith("-") ? Role.HINT : Role.ERROR;
  }
}
