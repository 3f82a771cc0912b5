package dev.hearth.runtime.permission;

import java.util.Locale;

/** A permission that was given, and by what. */
public record Grant(Permission permission, Origin origin) {
  /** Where a grant came from. */
  public enum Origin {
    /** A flag, or {@link dev.hearth.runtime.RunRequest#grants}. */
    FLAG,
    /** The user's answer to a prompt of this run. */
    PROMPT,
    /** An answer or a flag of an earlier run that the user wanted to hold for the recipe. */
    REMEMBERED,
    /** The configuration of a connection whose intent was granted. */
    CONNECTION,
    /** Nothing real is touched: the simulator stands there. */
    SIMULATION;

    /** As {@code --json} and audit records print it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    // A connection's own configuration may lead to private addresses; what met another grant may
    // not.
    Origin meet(Origin other) {
      return this == CONNECTION ? other : this;
    }
  }
}
