package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which what streams from pods fails on purpose. */
enum PodError implements ErrorCode {
  NO_COMMAND(
      ErrorKind.RECIPE,
      "No command is given for %s.",
      "Give its words as an array: `pod.exec(['ls', '-l'])`."),
  SEVERAL_CONTAINERS(
      ErrorKind.RECIPE,
      "%s has several containers: %s.",
      "Say which with `{ container: '%3$s' }`."),
  CONTAINER_UNKNOWN(ErrorKind.RECIPE, "%s has no container `%s`.", "Take one of these: %3$s."),
  CONTAINER_NOT_RUNNING(
      ErrorKind.SYSTEM,
      "The container `%s` of %s does not run: %s.",
      "Wait for it with `pod.waitFor('ready')`, or see why with `pod.logs({ previous: true })` and"
          + " `pod.events()`."),
  POD_NOT_RUNNING(
      ErrorKind.SYSTEM,
      "%s does not run: it is %s.",
      "Wait for it with `pod.waitFor('ready')`, which says what keeps it."),
  COMMAND_NOT_FOUND(
      ErrorKind.SYSTEM,
      "There is no program `%s` in the container `%s` of %s.",
      "Name one that its image has, with its path if it is not on the container's PATH."),
  COMMAND_NOT_STARTED(
      ErrorKind.SYSTEM,
      "The command `%s` could not be started in %s.",
      "What the node said stands in the details."),
  EXIT_STATUS(
      ErrorKind.SYSTEM,
      "`%s` ended with status %s in %3$s.",
      "See what it said in the details, or take the status as a result with `nothrow`."),
  COMMAND_LOST(
      ErrorKind.SYSTEM,
      "The connection to the command `%s` in %s was lost before it ended.",
      "See whether the pod still runs; the command may have gone on without us."),
  COMMAND_TIMEOUT(
      ErrorKind.TIMEOUT,
      "`%s` was not done within %s in %s.",
      "Give it more time with `timeout`; in the container it may still run."),
  OUTPUT_TOO_LARGE(
      ErrorKind.SYSTEM,
      "`%s` wrote more than %d bytes in %s.",
      "Read it as it comes: `for await (const line of pod.exec([…]))`."),
  LINE_TOO_LONG(
      ErrorKind.SYSTEM,
      "%s wrote a line of more than %d bytes.",
      "Read pieces instead of lines, or have it write shorter ones."),
  COPY_PATH(
      ErrorKind.RECIPE,
      "`%s` names nothing that can be copied.",
      "Give the path of a file or a folder, such as `/etc/hosts`; one that ends in a slash is the"
          + " folder that it goes into."),
  COPY_FAILED(
      ErrorKind.SYSTEM,
      "`%s` of %s could not be copied: %s.",
      "Check the path and the rights of the container's user; copying takes `tar` in the container,"
          + " and folders around must exist."),
  NO_TAR(
      ErrorKind.SYSTEM,
      "The container `%s` of %s has no `tar`, by which files are copied.",
      "Copy by a container that has one and the same volume, or a debugging container."),
  NOTHING_SELECTED(
      ErrorKind.RECIPE,
      "Nothing says whose logs are wanted.",
      "Give labels, as in `k8s.logs({ labels: { app: 'web' } })`, or ask a pod or a workload."),
  PORT_WRONG(
      ErrorKind.RECIPE,
      "`%s` cannot be the port %d.",
      "Give one from 1 to 65535, as in `pod.forward({ to: 80 })`."),
  PORT_UNREACHABLE(
      ErrorKind.SYSTEM,
      "Nothing answers at port %d of %s.",
      "See that the program in it listens there, at any address or at its loopback."),
  TERMINAL_SIZE(
      ErrorKind.RECIPE,
      "A terminal cannot have %d rows and %d columns.",
      "Give `rows` and `columns` from 1 to 65535.");

  private final ErrorText text;

  PodError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("kubernetes", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
