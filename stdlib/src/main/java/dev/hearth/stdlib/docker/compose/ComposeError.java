package dev.hearth.stdlib.docker.compose;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which a Compose model is refused. The first argument of most is the place. */
public enum ComposeError implements ErrorCode {
  /** Argument: the folder. */
  COMPOSE_FILE_NOT_FOUND(
      "There is no Compose file in `%s`.",
      "Call it `compose.yaml`, or give its path: `docker().compose('stack.yml')`."),
  /** Then: what is wrong. */
  COMPOSE_YAML("%s is no YAML: %s.", "Correct it there; `details.excerpt` shows the line."),
  /** Then: what has the key, the key, which there are. */
  COMPOSE_KEY("%s: %s has no key `%s`.", "%4$s"),
  /** Then: the key. */
  COMPOSE_UNSUPPORTED(
      "%s: `%s` is not among what Hearth does without the Compose plug-in.",
      "Use the plug-in (`docker compose version` shows whether it is there) with `exec: ['docker']`"
          + " among the permissions, or leave `%2$s` out."),
  /** Then: what is wrong, how it is written. */
  COMPOSE_VALUE("%s: %s.", "%3$s"),
  /** Then: the text. */
  COMPOSE_INTERPOLATION(
      "%s: `%s` names no variable.",
      "Write `${NAME}`, `${NAME:-default}` or `${NAME:?why}`; `$$` is a dollar sign."),
  /** Then: the variable, what the file says about it. */
  COMPOSE_VARIABLE(
      "%s needs the variable `%s`: %s.",
      "Set it in `.env` beside the file, with `{ env: { %2$s: … } }`, or in the environment with"
          + " `env: ['%2$s']` among the permissions."),
  /** Then: what kind of thing, its name. */
  COMPOSE_REFERENCE(
      "%s names the %s `%s`, which the model does not have.",
      "Define it, or correct the name; a %2$s with profiles is there when one of them is on."),
  /** Then: what is in a circle, the circle. */
  COMPOSE_CYCLE("%s: %s: %s.", "Take one of these out."),
  /** Then: what kind of thing, its name, where both are written. */
  COMPOSE_CONFLICT(
      "%s: there are two %ss `%s`: %s, %s.",
      "Rename one of them, or put what is to be otherwise into a file over the included one:"
          + " `include: [{ path: [FILE, OVERRIDE] }]`."),
  /** Then: what is wrong. */
  COMPOSE_ENV_FILE("%s cannot be read as variables: %s.", "Write a line as `NAME=value`."),
  /** Arguments: the name. */
  COMPOSE_PROJECT_NAME(
      "`%s` cannot be the name of a Compose project.",
      "Use lower-case letters, digits, `-` and `_`, with a letter or a digit first:"
          + " `{ project: 'media' }`."),
  /** Arguments: the service, which there are. */
  COMPOSE_SERVICE("The project has no service `%s`.", "It has %2$s."),
  /** Then: what the plug-in said. */
  COMPOSE_REFUSED("%s: %s.", "Correct it there; the words are those of Docker's Compose plug-in."),
  /** Arguments: why. */
  COMPOSE_PLUGIN(
      ErrorKind.SYSTEM,
      "The Compose plug-in of Docker cannot be used: %s.",
      "Install it (`docker compose version` shows it) and have `exec: ['docker']` among the"
          + " permissions, or leave `through` out."),
  /** Arguments: the verb, what the plug-in said. */
  COMPOSE_FAILED(
      ErrorKind.SYSTEM,
      "`docker compose %s` failed: %s.",
      "`details.stderr` has all that it said."),
  /** Then: what kind of thing, its name. */
  COMPOSE_EXTERNAL(
      ErrorKind.SYSTEM,
      "%s: the external %s `%s` does not exist.",
      "Make it first, or leave `external` out to have it made."),
  /** Arguments: what kind of thing, its name, the project. */
  COMPOSE_FOREIGN(
      ErrorKind.SYSTEM,
      "The %s `%s` is there already and does not belong to the project `%s`.",
      "Write `external: true` to use it, or give this one another `name`."),
  /** Arguments: what kind of thing, its name. */
  COMPOSE_CHANGED(
      ErrorKind.SYSTEM,
      "The %s `%s` is otherwise than the model has it, and cannot be changed while it is there.",
      "Take the project `down` first; data of a volume goes only with `{ volumes: true }`."),
  /** Arguments: the service, what became of it. */
  COMPOSE_NOT_READY(
      ErrorKind.SYSTEM,
      "The service `%s` did not get ready: %s.",
      "Look at what it wrote with `logs({ services: ['%1$s'] })`."),
  /** Arguments: the service, the image. */
  COMPOSE_NO_IMAGE(
      ErrorKind.SYSTEM,
      "The image `%2$s` of the service `%1$s` is not there, and `pull_policy` says not to fetch"
          + " it.",
      "Fetch or build it first, or allow it with `pull_policy: missing`.");

  private final ErrorText text;

  ComposeError(String message, String hint) {
    this(ErrorKind.RECIPE, message, hint);
  }

  ComposeError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("docker", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
