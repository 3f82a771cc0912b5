package dev.hearth.stdlib.proxmox.sim.base;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The simulated Proxmox says no: what its Perl code does with {@code die} and {@code raise}. As the
 * answer of a call it carries an HTTP status; as the end of a task only its text counts.
 */
public final class Refusal extends RuntimeException {
  private static final String BAD_PARAMETERS = "Parameter verification failed.\n";

  private final int status;
  private final Map<String, String> errors;

  private Refusal(int status, String message, Map<String, String> errors) {
    // Answers are data here, not bugs: nobody reads their stack.
    super(message, null, false, false);
    this.status = status;
    this.errors = errors;
  }

  /** A plain {@code die}: status 500. The text is given without the newline that ends it. */
  public static Refusal die(String message) {
    return new Refusal(500, message + "\n", Map.of());
  }

  /** One wrong parameter: status 400. */
  public static Refusal parameter(String name, String error) {
    return parameters(Map.of(name, error));
  }

  /** All wrong parameters at once: status 400. */
  public static Refusal parameters(Map<String, String> errors) {
    return new Refusal(400, BAD_PARAMETERS, new LinkedHashMap<>(errors));
  }

  /** A property string that cannot be read back: status 500, with what is wrong in it. */
  public static Refusal format(Map<String, String> errors) {
    return new Refusal(500, "format error\n", new LinkedHashMap<>(errors));
  }

  /** A missing right: status 403; {@code what} such as {@code /vms/100, VM.Audit}. */
  public static Refusal permission(String what) {
    return new Refusal(403, "Permission check failed (" + what + ")\n", Map.of());
  }

  /** A missing right that Proxmox does not name: status 403. */
  public static Refusal permission() {
    return new Refusal(403, "Permission check failed\n", Map.of());
  }

  /** Anything else; {@code message} as it stands in the body, with its newline if it has one. */
  public static Refusal of(int status, String message) {
    return new Refusal(status, message, Map.of());
  }

  public int status() {
    return status;
  }

  /** The whole message, usually ending in a newline. */
  public String message() {
    var message = getMessage();
    return message == null ? "" : message;
  }

  /** The message as tasks end with and as further messages quote it: without its last newline. */
  public String text() {
    var message = message();
    if (!errors.isEmpty()) {
      var text = new StringBuilder("Parameter verification failed.\n");
      errors.forEach((name, error) -> text.append(name).append(": ").append(error).append('\n'));
      message = "400 " + text;
    }
    return message.endsWith("\n") ? message.substring(0, message.length() - 1) : message;
  }

  /** What is wrong with which parameter; empty unless the status is 400. */
  public Map<String, String> errors() {
    return errors;
  }
}
