package dev.hearth.cli;

import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunRequest.OnError;
import dev.hearth.runtime.report.SafeText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The flags that say how long a run may take, what a failure leads to, and who is asked. */
record RunFlags(Optional<Duration> timeout, Optional<OnError> onError) {
  static Spec describe(Spec spec) {
    return describeYes(
        spec.option("--timeout", "DURATION", "Stop the run after this long, such as 90s or 5m.")
            .choice(
                "--on-error",
                List.of("stop", "undo", "ask"),
                "What becomes of finished steps after a failure. Default: as the recipe says."));
  }

  static Spec describeYes(Spec spec) {
    return spec.flag("-y, --yes", "Allow all that the recipe asks for, without being asked.");
  }

  static RunFlags of(Invocation invocation) {
    return new RunFlags(
        timeout(invocation),
        Optional.ofNullable(invocation.value("--on-error"))
            .map(choice -> onError(choice, invocation)));
  }

  /** A run of {@code recipe} by these flags, and found out about as {@code invocation} says. */
  RunRequest request(Path recipe, Invocation invocation) {
    var diagnosed =
        RunRequest.of(recipe).diagnosed(DiagnosticFlags.of(invocation).diagnostics(invocation));
    var timed = timeout.map(diagnosed::timeout).orElse(diagnosed);
    return onError.map(timed::onError).orElse(timed);
  }

  private static OnError onError(String choice, Invocation invocation) {
    var wanted = OnError.valueOf(choice.toUpperCase(Locale.ROOT));
    if (wanted == OnError.ASK && !invocation.terminal().interactive()) {
      throw new HearthException(CliError.CANNOT_ASK);
    }
    return wanted;
  }

  private static Optional<Duration> timeout(Invocation invocation) {
    return duration(invocation.value("--timeout"), "without the option there is no limit");
  }

  /**
   * The value of {@code --timeout}.
   *
   * @param without what holds without the option, for who typed it wrong
   */
  static Optional<Duration> duration(@Nullable String typed, String without) {
    if (typed == null) {
      return Optional.empty();
    }
    try {
      var limit = DurationText.parse(typed);
      if (limit.isPositive()) {
        return Optional.of(limit);
      }
      throw badTimeout(typed, without);
    } catch (IllegalArgumentException e) {
      throw badTimeout(typed, without).causedBy(e);
    }
  }

  private static HearthException badTimeout(String typed, String without) {
    return new HearthException(
        CliError.BAD_VALUE,
        "--timeout",
        SafeText.line(typed),
        "a duration such as 90s or 5m; " + without);
  }
}
