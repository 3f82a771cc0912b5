package dev.hearth.runtime.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.report.ErrorJson;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Failures on their way through JavaScript, as JSON; data crosses as {@link GuestJson}. */
final class Bridge {
  /** Details may nest an operation's whole answer. */
  private static final int DEEPEST = 2_000;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .build();

  private Bridge() {}

  /** The failure as bootstrap.js makes an error of it. */
  static String error(HearthException e) {
    return ErrorJson.of(ErrorReport.of(e)).toString();
  }

  /** The JSON of an error that JavaScript gives back: {@link #error} wrote it, or a facade did. */
  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The bridge wrote JSON that does not parse.", e);
    }
  }

  /** Whatever an op threw, as a deliberate failure: what is none is a bug, and is shown as one. */
  static HearthException failure(Throwable thrown, String op, Bugs bugs) {
    var cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof HearthException deliberate) {
      return deliberate;
    }
    if (cause instanceof InterruptedException) {
      return new HearthException(EngineError.INTERRUPTED);
    }
    if (cause instanceof OutOfMemoryError) {
      return OutOfMemory.failure();
    }
    var bug = new HearthException(EngineError.BUG, op).with("exception", String.valueOf(cause));
    var whole = bugs.failed(op, cause);
    var told =
        whole.isEmpty()
            ? bug.with("at", frames(cause))
            : bug.with("log", whole.get())
                .hint("Report it with its line of that log; check it for secrets first.");
    return told.causedBy(cause);
  }

  private static List<String> frames(Throwable cause) {
    var frames = cause.getStackTrace();
    return Arrays.stream(frames, 0, Math.min(frames.length, 12))
        .map(StackTraceElement::toString)
        .toList();
  }
}
