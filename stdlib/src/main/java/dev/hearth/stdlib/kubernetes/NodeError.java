package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which work on nodes, rollouts and measurements fails on purpose. */
enum NodeError implements ErrorCode {
  DRAIN_REFUSED(
      ErrorKind.SYSTEM,
      "The node `%s` has pods that do not go by themselves: %s.",
      "Move them first, or allow it by the options that are named; nothing was changed."),
  DRAIN_TIMEOUT(
      ErrorKind.TIMEOUT,
      "The node `%s` was not empty after %s: %s stays, since %s.",
      "Allow it more time with `timeout`, or mend what is named; the node takes no new pods until"
          + " `node.uncordon()`."),
  REVISION_UNKNOWN(
      ErrorKind.SYSTEM,
      "%s has no revision %s to go back to.",
      "See which there are with `.history()`."),
  NO_METRICS(
      ErrorKind.SYSTEM,
      "The cluster measures nothing: it has no metrics API.",
      "Install the metrics server, or another that serves `metrics.k8s.io`.");

  private final ErrorText text;

  NodeError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("kubernetes", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
