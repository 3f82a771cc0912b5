package dev.hearth.runtime;

/**
 * A door for a debugger that speaks the Chrome DevTools Protocol. Who comes in can do all that the
 * recipe may, and see its secrets; the address has a part that cannot be guessed.
 *
 * @param host where it is: an address of this machine, as a rule a loopback one
 * @param port 0 for any free one
 * @param waits whether the recipe begins only when a debugger is there, and pauses at its first
 *     line
 */
public record Inspection(String host, int port, boolean waits) {
  /** The port that debuggers try first. */
  public static final int USUAL_PORT = 9229;

  /** On the loopback interface, at the usual port. */
  public static Inspection usual(boolean waits) {
    return new Inspection("127.0.0.1", USUAL_PORT, waits);
  }
}
