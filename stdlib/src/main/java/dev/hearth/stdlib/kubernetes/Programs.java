package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ProcessError;
import dev.hearth.runtime.effect.ProcessOutcome;
import dev.hearth.runtime.effect.ProcessRequest;
import dev.hearth.runtime.effect.Processes;
import org.jspecify.annotations.Nullable;

/** Programs of others, as far as they are installed and the recipe may run them. */
final class Programs {
  private static final int EXCERPT = 4000;

  private final Processes processes;

  Programs(Processes processes) {
    this.processes = processes;
  }

  /**
   * What the first program prints that is there and may be run.
   *
   * @param who needs it, for messages
   */
  String firstOf(String who, ProcessRequest... requests) {
    HearthException refused = null;
    for (var request : requests) {
      try {
        return output(who, request);
      } catch (HearthException e) {
        if (!isMissing(e) && !isForbidden(e)) {
          throw e;
        }
        refused = refused == null || isMissing(refused) ? e : refused;
      }
    }
    throw refused == null ? new IllegalArgumentException("No program is named.") : refused;
  }

  private static boolean isMissing(HearthException e) {
    return e.code() == KubernetesError.PROGRAM_MISSING;
  }

  private static boolean isForbidden(HearthException e) {
    return e.id().startsWith("permission.");
  }

  /** What a program prints; fails when it does. */
  String output(String who, ProcessRequest request) {
    var outcome = run(who, request);
    if (!outcome.succeeded()) {
      throw failed(request, outcome);
    }
    return outcome.outputText();
  }

  ProcessOutcome run(String who, ProcessRequest request) {
    try {
      return processes.run(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(KubernetesError.INTERRUPTED, "`" + request.program() + "`")
          .causedBy(e);
    } catch (HearthException e) {
      if (e.code() == ProcessError.NOT_FOUND) {
        throw new HearthException(KubernetesError.PROGRAM_MISSING, who, request.program())
            .causedBy(e);
      }
      throw e;
    }
  }

  HearthException failed(ProcessRequest request, ProcessOutcome outcome) {
    var words = request.command().size() > 1 ? " " + request.command().get(1) : "";
    return new HearthException(
            KubernetesError.PROGRAM_FAILED, request.program() + words, lastLine(outcome))
        .with("status", outcome.exitStatus())
        .with("stderr", excerpt(outcome.errorText()));
  }

  private static String lastLine(ProcessOutcome outcome) {
    @Nullable String last = null;
    for (var line : outcome.errorText().lines().toList()) {
      last = line.isBlank() ? last : line.strip();
    }
    return last == null
        ? "it ended with status " + outcome.exitStatus()
        : excerpt(last).replaceFirst("^Error: ", "").replaceFirst("\\.$", "");
  }

  private static String excerpt(String text) {
    return text.length() <= EXCERPT ? text.strip() : text.substring(0, EXCERPT).strip() + "…";
  }
}
