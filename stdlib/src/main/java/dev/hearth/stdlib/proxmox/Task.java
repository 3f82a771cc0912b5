package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a task says of itself.
 *
 * @param status as Proxmox says it
 */
record Task(JsonNode status) {
  static Task of(JsonNode status) {
    return new Task(status);
  }

  boolean runs() {
    return !status.path("status").asText().equals("stopped");
  }

  /** How it ended: {@code OK}, {@code WARNINGS: 2}, or what went wrong. */
  String exit() {
    return status.path("exitstatus").asText("unexpected status");
  }

  boolean isGood() {
    return exit().equals("OK") || hasWarnings();
  }

  boolean hasWarnings() {
    return exit().startsWith("WARNINGS: ");
  }
}
