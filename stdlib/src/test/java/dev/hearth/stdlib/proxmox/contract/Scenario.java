package dev.hearth.stdlib.proxmox.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One claim of the contract: calls in order, each with what it must answer.
 *
 * <pre>
 * # A pool is made once
 * POST /pools poolid={pool} -> 200
 * POST /pools poolid={pool} -> 500 create pool failed: pool '{pool}' already exists
 * nobody: GET /pools        -> 200 = []
 * </pre>
 *
 * <p>After the arrow: a status; then a text (the reason; {@code name: text} for each error of a
 * 400, separated by {@code | }), or {@code = JSON} (all of the data), or {@code has JSON} (what the
 * data must have at least; {@code *} in a text stands for anything). {@code -> task TEXT} waits for
 * the task and compares its exit status; {@code {upid}} is then that task's id. {@code {digest}} is
 * the last one that an answer had.
 */
record Scenario(String claim, List<Step> steps) {
  private static final Pattern STEP =
      Pattern.compile("(?:(\\w+): )?([A-Z]+) (\\S+)(?: +(\\S+))? +-> (.+)");

  /** One call. */
  record Step(String who, String method, String path, String form, String expected) {}

  /** The scenarios of a file beside this class. */
  static List<Scenario> of(String file) {
    try (var in = Scenario.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("There is no contract " + file);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Scenario> parse(String text) {
    var scenarios = new ArrayList<Scenario>();
    for (var line : text.lines().toList()) {
      if (line.startsWith("# ")) {
        scenarios.add(new Scenario(line.substring(2), new ArrayList<>()));
      } else if (!line.isBlank()) {
        scenarios.getLast().steps().add(step(line));
      }
    }
    return scenarios;
  }

  private static Step step(String line) {
    var match = STEP.matcher(line);
    if (!match.matches()) {
      throw new IllegalArgumentException("This is no step: " + line);
    }
    var who = match.group(1) == null ? "root" : match.group(1);
    var form = match.group(4) == null ? "" : match.group(4);
    return new Step(who, match.group(2), match.group(3), form, match.group(5));
  }
}
