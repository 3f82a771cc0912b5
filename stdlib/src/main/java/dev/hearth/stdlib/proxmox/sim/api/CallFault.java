package dev.hearth.stdlib.proxmox.sim.api;

import java.util.regex.Pattern;

/**
 * How a test makes a call go wrong.
 *
 * @param method the HTTP method to wait for; {@code *} for any
 * @param path the path to wait for, decoded, without {@code /api2/json}; each {@code *} stands for
 *     anything within one segment, {@code **} for anything at all
 * @param outcome what happens to it
 */
public record CallFault(String method, String path, Outcome outcome) {
  /** What happens to a call. */
  public sealed interface Outcome {
    /** It is not done; the answer is an error with this message. */
    record Refuse(int status, String message) implements Outcome {}

    /** It is not done, and the connection ends. */
    record Drop() implements Outcome {}

    /** It is done, and the connection ends before the answer. */
    record LoseAnswer() implements Outcome {}
  }

  /** The next such call is refused. */
  public static CallFault refuse(String method, String path, int status, String message) {
    return new CallFault(method, path, new Outcome.Refuse(status, message));
  }

  /** The connection ends before the next such call is done. */
  public static CallFault drop(String method, String path) {
    return new CallFault(method, path, new Outcome.Drop());
  }

  /** The next such call is done, but its answer is lost. */
  public static CallFault loseAnswer(String method, String path) {
    return new CallFault(method, path, new Outcome.LoseAnswer());
  }

  boolean hits(String verb, String called) {
    var expression =
        Pattern.quote(path)
            .replace("**", "\\E\u0000\\Q")
            .replace("*", "\\E[^/]*\\Q")
            .replace("\u0000", ".*");
    return (method.equals("*") || method.equals(verb)) && called.matches(expression);
  }
}
