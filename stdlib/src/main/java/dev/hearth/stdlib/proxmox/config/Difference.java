package dev.hearth.stdlib.proxmox.config;

import org.jspecify.annotations.Nullable;

/**
 * One key of a guest that is otherwise than wanted.
 *
 * @param is what is there; null for nothing
 * @param wanted what to send, the size to grow to, or where to move it; null to remove it
 * @param why what stands in the way of a change
 */
public record Difference(
    String key, @Nullable String is, @Nullable String wanted, Way way, @Nullable String why) {
  private static final int SHOWN = 60;

  /** How it can be made as wanted. */
  public enum Way {
    /** By writing the configuration. */
    SET,
    /** By making a disk larger. */
    GROW,
    /** By moving it: a disk to another storage, a guest to another node. */
    MOVE,
    /** Not at all, as long as the guest is this one. */
    FIXED
  }

  static Difference set(String key, @Nullable String is, @Nullable String wanted) {
    return new Difference(key, is, wanted, Way.SET, null);
  }

  static Difference grow(String key, String is, String wanted) {
    return new Difference(key, is, wanted, Way.GROW, null);
  }

  /**
   * What is at another place.
   *
   * @param is its storage or node
   * @param wanted the storage or node where it is to be
   */
  public static Difference move(String key, String is, String wanted) {
    return new Difference(key, is, wanted, Way.MOVE, null);
  }

  static Difference fixed(String key, @Nullable String is, String wanted, String why) {
    return new Difference(key, is, wanted, Way.FIXED, why);
  }

  /** For people: {@code memory 2048 -> 4096}. */
  @Override
  public String toString() {
    var what = way == Way.MOVE && !key.equals("node") ? key + " storage" : key;
    return what + " " + shown(is) + " -> " + shown(wanted);
  }

  private String shown(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return "none";
    }
    if (Comparison.SECRETS.contains(key)) {
      return "***";
    }
    var line = value.replaceAll("\\s+", " ");
    return line.length() > SHOWN ? line.substring(0, SHOWN - 1) + "…" : line;
  }
}
