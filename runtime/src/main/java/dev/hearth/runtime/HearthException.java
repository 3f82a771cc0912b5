package dev.hearth.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one exception type that crosses module borders: a deliberate failure with a code.
 *
 * <p>Anything else that escapes is a bug in Hearth and is shown as one. What was observed (an
 * answer's body, a list of candidates) goes into {@link #details}, never into the sentence.
 */
public final class HearthException extends RuntimeException {
  private final ErrorCode code;
  private final String hint;
  private final Map<String, Object> details;

  /** Fails with {@code code}; the arguments fill its message and its hint. */
  public HearthException(ErrorCode code, Object... arguments) {
    this(code, code.text().message(arguments), code.text().hint(arguments), Map.of(), null);
  }

  private HearthException(
      ErrorCode code,
      String message,
      String hint,
      Map<String, Object> details,
      @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.hint = hint;
    this.details = details;
  }

  /** The same failure with one more observed fact; {@code value} is anything Jackson can write. */
  public HearthException with(String key, Object value) {
    var more = new LinkedHashMap<>(details);
    more.put(key, value);
    var copy = new HearthException(code, sentence(), hint, more, getCause());
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  /** The same failure with what caused it, for whoever debugs Hearth. */
  public HearthException causedBy(Throwable cause) {
    return new HearthException(code, sentence(), hint, details, cause);
  }

  /** The same failure with a hint that fits the case better than the code's own. */
  public HearthException hint(String better) {
    return new HearthException(code, sentence(), better, details, getCause());
  }

  public ErrorCode code() {
    return code;
  }

  /** Stable for ever, such as {@code proxmox.vm-not-found}. */
  public String id() {
    return code.text().id();
  }

  public ErrorKind kind() {
    return code.text().kind();
  }

  /** What happened, in one sentence. */
  public String sentence() {
    var message = getMessage();
    return message == null ? "" : message;
  }

  /** What to do next, in one imperative sentence. */
  public String hint() {
    return hint;
  }

  /** What was observed, by name; values are anything Jackson can write. */
  public Map<String, Object> details() {
    return Collections.unmodifiableMap(details);
  }
}
