package dev.hearth.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
  private final ErrorReport.@Nullable Location location;
  private final List<HearthException> also;

  /** Fails with {@code code}; the arguments fill its message and its hint. */
  public HearthException(ErrorCode code, Object... arguments) {
    this(
        code,
        code.text().message(arguments),
        code.text().hint(arguments),
        Map.of(),
        null,
        null,
        List.of());
  }

  private HearthException(
      ErrorCode code,
      String message,
      String hint,
      Map<String, Object> details,
      @Nullable Throwable cause,
      ErrorReport.@Nullable Location location,
      List<HearthException> also) {
    super(message, cause);
    this.code = code;
    this.hint = hint;
    this.details = details;
    this.location = location;
    this.also = also;
  }

  /** The same failure with one more observed fact; {@code value} is anything Jackson can write. */
  public HearthException with(String key, Object value) {
    var more = new LinkedHashMap<>(details);
    more.put(key, value);
    return copy(hint, more, getCause(), location, also);
  }

  /** The same failure with what caused it, for whoever debugs Hearth. */
  public HearthException causedBy(Throwable cause) {
    return copy(hint, details, cause, location, also);
  }

  /** The same failure with a hint that fits the case better than the code's own. */
  public HearthException hint(String better) {
    return copy(better, details, getCause(), location, also);
  }

  /** The same failure with the place in a source file that it is about. */
  public HearthException at(ErrorReport.Location place) {
    return copy(hint, details, getCause(), place, also);
  }

  /**
   * The first of {@code failures} with all others attached, so that a user sees everything that is
   * wrong at once. What one of them has attached comes right behind it in the one list. {@code
   * failures} must not be empty.
   */
  public static HearthException all(List<HearthException> failures) {
    var first = failures.getFirst();
    var others = failures.stream().flatMap(HearthException::eachAlone).skip(1).toList();
    return first.copy(first.hint, first.details, first.getCause(), first.location, others);
  }

  private Stream<HearthException> eachAlone() {
    return also.isEmpty()
        ? Stream.of(this)
        : Stream.concat(
            Stream.of(copy(hint, details, getCause(), location, List.of())), also.stream());
  }

  private HearthException copy(
      String hint,
      Map<String, Object> details,
      @Nullable Throwable cause,
      ErrorReport.@Nullable Location location,
      List<HearthException> also) {
    var copy = new HearthException(code, sentence(), hint, details, cause, location, also);
    copy.setStackTrace(getStackTrace());
    return copy;
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

  /** The place in a source file that the failure is about, when it knows one itself. */
  public Optional<ErrorReport.Location> location() {
    return Optional.ofNullable(location);
  }

  /** Further failures that were found together with this one. */
  public List<HearthException> also() {
    return also;
  }
}
