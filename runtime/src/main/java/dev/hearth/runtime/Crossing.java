package dev.hearth.runtime;

import java.time.Duration;

/**
 * One contact with the world, from its check at the gate to its end; for {@code --trace}.
 *
 * @param principal who asked, such as {@code template.js} or {@code hearth:proxmox}
 * @param permission what for, in its canonical form; several are separated by a blank
 * @param resolved what that turned out to be, such as addresses or a real path; empty when it was
 *     what it was asked for
 * @param outcome how it ended
 * @param code the error's, such as {@code net.refused}; empty without one
 * @param duration from the check to the end; zero when nothing but the check was seen
 * @param received bytes that came in
 * @param sent bytes that went out
 */
public record Crossing(
    String principal,
    String permission,
    String resolved,
    Outcome outcome,
    String code,
    Duration duration,
    long received,
    long sent) {

  public enum Outcome {
    OK,
    /** The gate said no, and nothing happened. */
    REFUSED,
    /** It was allowed, and did not work. */
    FAILED,
    /** It had not ended when the run did. */
    OPEN
  }
}
