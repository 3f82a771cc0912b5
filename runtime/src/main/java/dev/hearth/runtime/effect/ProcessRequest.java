package dev.hearth.runtime.effect;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program to run. Immutable; each method returns a changed copy.
 *
 * @param command the program, looked up on PATH unless it has a slash, and its arguments
 * @param folder where it runs; empty: where this program does
 * @param environment variables for the child, beside those that every child gets
 * @param input what it reads; empty: nothing, at once at its end
 * @param timeout how long it may run; empty: as long as it likes
 * @param grace how long after SIGTERM SIGKILL follows; default 5 s
 * @param endsItself whether only the program gets SIGTERM, and ends in its own order what it
 *     started
 * @param inherits whether it gets all variables of the user as well, but those of Hearth
 */
public record ProcessRequest(
    List<String> command,
    Optional<Path> folder,
    Map<String, String> environment,
    Optional<InputStream> input,
    Optional<Duration> timeout,
    Duration grace,
    boolean endsItself,
    boolean inherits) {
  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);

  public ProcessRequest {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty() || command.getFirst().isEmpty()) {
      throw new IllegalArgumentException("A command needs a program.");
    }
  }

  public static ProcessRequest of(String... command) {
    return of(List.of(command));
  }

  public static ProcessRequest of(List<String> command) {
    return new ProcessRequest(
        command,
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        DEFAULT_GRACE,
        false,
        false);
  }

  public String program() {
    return command.getFirst();
  }

  /** The same with another program and its arguments. */
  public ProcessRequest withCommand(List<String> other) {
    return new ProcessRequest(
        other, folder, environment, input, timeout, grace, endsItself, inherits);
  }

  /** The same with exactly these variables. */
  public ProcessRequest withEnvironment(Map<String, String> all) {
    return new ProcessRequest(command, folder, all, input, timeout, grace, endsItself, inherits);
  }

  public ProcessRequest in(Path where) {
    return new ProcessRequest(
        command, Optional.of(where), environment, input, timeout, grace, endsItself, inherits);
  }

  public ProcessRequest variable(String name, String value) {
    var more = new LinkedHashMap<>(environment);
    more.put(name, value);
    return new ProcessRequest(command, folder, more, input, timeout, grace, endsItself, inherits);
  }

  public ProcessRequest input(byte[] bytes) {
    return input(new ByteArrayInputStream(bytes));
  }

  /** Copies {@code stream} to the child, and closes it when the child has ended or all is read. */
  public ProcessRequest input(InputStream stream) {
    return new ProcessRequest(
        command, folder, environment, Optional.of(stream), timeout, grace, endsItself, inherits);
  }

  public ProcessRequest timeout(Duration limit) {
    return new ProcessRequest(
        command, folder, environment, input, Optional.of(limit), grace, endsItself, inherits);
  }

  public ProcessRequest grace(Duration wait) {
    return new ProcessRequest(
        command, folder, environment, input, timeout, wait, endsItself, inherits);
  }

  /** The same for a program that would fail if what it started were ended before it. */
  public ProcessRequest endingItself() {
    return new ProcessRequest(command, folder, environment, input, timeout, grace, true, inherits);
  }

  /**
   * The same for a program that is granted as doing whatever the user may do, and that finds the
   * credentials and settings of what it drives in the user's environment, as it does at a shell.
   * Variables of this request come before those.
   */
  public ProcessRequest inheriting() {
    return new ProcessRequest(
        command, folder, environment, input, timeout, grace, endsItself, true);
  }
}
