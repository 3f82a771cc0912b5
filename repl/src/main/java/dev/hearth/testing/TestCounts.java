package dev.hearth.testing;

import dev.hearth.terminal.Measures;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How many tests came to what. */
public final class TestCounts {
  private final Map<TestResult.Status, Integer> counts = new EnumMap<>(TestResult.Status.class);

  public void add(TestResult result) {
    counts.merge(result.status(), 1, Integer::sum);
  }

  public int of(TestResult.Status status) {
    return counts.getOrDefault(status, 0);
  }

  public int all() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Such as {@code 3 tests: 2 passed, 1 failed}. */
  public String text() {
    List<String> parts = new ArrayList<>();
    counts.forEach((status, count) -> parts.add(count + " " + status.word()));
    return parts.isEmpty()
        ? Measures.count(0, "test")
        : Measures.count(all(), "test") + ": " + String.join(", ", parts);
  }
}
