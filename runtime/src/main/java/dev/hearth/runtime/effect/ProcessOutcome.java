package dev.hearth.runtime.effect;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * How a child process ended.
 *
 * @param exitStatus what it returned; 128 and the signal's number when a signal ended it
 * @param output what it wrote to its standard output
 * @param errors what it wrote to its standard error
 * @param duration from its start to its end
 */
@SuppressWarnings("ArrayRecordComponent") // bytes cross as bytes; nobody compares outcomes
public record ProcessOutcome(int exitStatus, byte[] output, byte[] errors, Duration duration) {
  public boolean succeeded() {
    return exitStatus == 0;
  }

  public String outputText() {
    return new String(output, StandardCharsets.UTF_8);
  }

  public String errorText() {
    return new String(errors, StandardCharsets.UTF_8);
  }
}
