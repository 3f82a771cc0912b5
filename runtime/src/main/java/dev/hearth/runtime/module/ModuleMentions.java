package dev.hearth.runtime.module;

import dev.hearth.runtime.spi.Mention;
import java.util.List;
import java.util.Map;

/**
 * Where the text of one module uses what it imports, and the globals that reach the world.
 *
 * @param all in the order of the text
 * @param passedOn what it exports of others, by the names under which it does
 */
public record ModuleMentions(List<Found> all, Map<String, Origin> passedOn) {
  /** Stands for all exports of a module at once. */
  public static final String NAMESPACE = "*";

  /**
   * Where a name comes from.
   *
   * @param specifier the module that is named; empty for a global
   * @param name the export's, or {@link #NAMESPACE}
   */
  public record Origin(String specifier, String name) {
    public static Origin global(String name) {
      return new Origin("", name);
    }

    boolean isGlobal() {
      return specifier.isEmpty();
    }
  }

  /**
   * One of them.
   *
   * @param mention its path begins with the name of {@code origin}
   * @param start its offset
   */
  public record Found(Origin origin, Mention mention, int start) {}
}
