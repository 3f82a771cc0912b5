package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * How a command ended, as the node says it.
 *
 * @param exitCode -1 when it was never started
 * @param message what the node said when it was not
 */
record ExecStatus(int exitCode, String message) {
  /** Reads the Status object that comes last. */
  static ExecStatus parse(byte[] said) {
    JsonNode status;
    try {
      status = ApiServer.MAPPER.readTree(said);
    } catch (JacksonException e) {
      return new ExecStatus(-1, new String(said, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("Bytes in memory can be read.", e);
    }
    if (status.path("status").asText().equals("Success")) {
      return new ExecStatus(0, "");
    }
    if (status.path("reason").asText().equals("NonZeroExitCode")) {
      for (var cause : status.path("details").path("causes")) {
        if (cause.path("reason").asText().equals("ExitCode")) {
          return new ExecStatus(cause.path("message").asInt(-1), "");
        }
      }
    }
    return new ExecStatus(-1, status.path("message").asText());
  }

  boolean wasStarted() {
    return exitCode >= 0;
  }

  /** Nothing but this text tells it from other reasons. */
  boolean saysNotFound() {
    return message.contains("executable file not found")
        || message.contains("no such file or directory");
  }
}
