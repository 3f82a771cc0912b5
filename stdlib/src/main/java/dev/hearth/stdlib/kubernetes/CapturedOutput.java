package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.HearthException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What a command wrote, all of it. */
final class CapturedOutput {
  /** As of a process of this machine. */
  private static final int LIMIT_BYTES = 16 << 20;

  private final Execution execution;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  CapturedOutput(Execution execution) {
    this.execution = execution;
  }

  /** Reads to its end. */
  void readAll() {
    for (var piece = execution.next(); piece != null; piece = execution.next()) {
      var side = piece.channel() == Channels.STDERR ? errors : output;
      if (side.size() + piece.bytes().length > LIMIT_BYTES) {
        throw new HearthException(
            PodError.OUTPUT_TOO_LARGE, execution.shown(), LIMIT_BYTES, execution.shownPod());
      }
      side.writeBytes(piece.bytes());
    }
  }

  String stdout() {
    return output.toString(StandardCharsets.UTF_8);
  }

  String stderr() {
    return errors.toString(StandardCharsets.UTF_8);
  }
}
