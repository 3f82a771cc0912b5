package dev.hearth.runtime.timing;

import dev.hearth.runtime.Timing;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Counts by name. Safe for several threads; what has too many names is counted as one. */
final class Tallies {
  private static final int MOST_NAMES = 1_000;
  private static final String OTHERS = "others";

  private final ConcurrentHashMap<String, AtomicReference<Timing.Tally>> tallies =
      new ConcurrentHashMap<>();

  void add(String name, Duration took, boolean failed, long bytes) {
    var known = tallies.size() < MOST_NAMES || tallies.containsKey(name) ? name : OTHERS;
    tallies
        .computeIfAbsent(known, Tallies::none)
        .updateAndGet(
            so ->
                new Timing.Tally(
                    known,
                    so.count() + 1,
                    so.failed() + (failed ? 1 : 0),
                    so.total().plus(took),
                    so.longest().compareTo(took) < 0 ? took : so.longest(),
                    so.bytes() + bytes));
  }

  private static AtomicReference<Timing.Tally> none(String name) {
    return new AtomicReference<>(new Timing.Tally(name, 0, 0, Duration.ZERO, Duration.ZERO, 0));
  }

  /** Those that took longest in all come first. */
  List<Timing.Tally> list() {
    return tallies.values().stream()
        .map(AtomicReference::get)
        .sorted(
            Comparator.comparing(Timing.Tally::total).reversed().thenComparing(Timing.Tally::name))
        .toList();
  }
}
