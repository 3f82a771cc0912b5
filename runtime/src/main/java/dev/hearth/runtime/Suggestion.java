package dev.hearth.runtime;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean": what somebody meant who mistyped. */
public final class Suggestion {
  private Suggestion() {}

  /**
   * The candidate closest to {@code word}, when it is close enough to be what was meant: a third of
   * its letters may be wrong, missing, doubled or swapped. Case does not count.
   */
  public static Optional<String> closest(String word, Collection<String> candidates) {
    var lower = word.toLowerCase(Locale.ROOT);
    return candidates.stream()
        // A difference of lengths is a distance too, and one that costs nothing to see.
        .filter(candidate -> Math.abs(candidate.length() - word.length()) <= allowed(candidate))
        .map(
            candidate -> new Ranked(candidate, distance(lower, candidate.toLowerCase(Locale.ROOT))))
        .filter(ranked -> ranked.distance <= allowed(ranked.candidate))
        .min(Comparator.comparingInt(Ranked::distance).thenComparing(Ranked::candidate))
        .map(Ranked::candidate);
  }

  private static int allowed(String candidate) {
    return Math.max(1, candidate.length() / 3);
  }

  private record Ranked(String candidate, int distance) {}

  /** Optimal string alignment: insertions, deletions, changes, and swaps of neighbours. */
  private static int distance(String a, String b) {
    var rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          rows[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best =
            Math.min(rows[i - 1][j - 1] + change, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        rows[i][j] = swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
      }
    }
    return rows[a.length()][b.length()];
  }
}
