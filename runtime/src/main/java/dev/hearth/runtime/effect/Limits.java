package dev.hearth.runtime.effect;

import java.util.EnumMap;
import java.util.Map;

/**
 * The limits of one run. Immutable.
 *
 * @param changed those that differ from their default
 */
public record Limits(Map<Limit, Long> changed) {
  /** All defaults. */
  public static final Limits DEFAULT = new Limits(Map.of());

  public Limits {
    changed = Map.copyOf(changed);
  }

  public long get(Limit limit) {
    return changed.getOrDefault(limit, limit.defaultValue());
  }

  /**
   * These with one changed.
   *
   * @param value at least 1
   */
  public Limits with(Limit limit, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(limit.setting() + " is at least 1, not " + value + ".");
    }
    var more = new EnumMap<Limit, Long>(Limit.class);
    more.putAll(changed);
    more.put(limit, value);
    return new Limits(more);
  }
}
