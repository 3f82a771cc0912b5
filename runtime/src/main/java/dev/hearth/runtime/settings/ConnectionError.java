package dev.hearth.runtime.settings;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.permission.VisibleText;
import java.util.Collection;

/** Every way in which a connection can be missing or wrong. */
public enum ConnectionError implements ErrorCode {
  NONE(
      "No connection to %s is configured.",
      "Add one with `hearth connect add %1$s`, or run with `--simulate`."),
  UNKNOWN(
      "There is no connection `%2$s` to %1$s.",
      "List the connections with `hearth connect list`, or add it with"
          + " `hearth connect add %1$s %2$s`."),
  /** Arguments: as it was written, what there is. */
  BINDING_UNKNOWN("There are no connections to `%s`.", "There are connections to: %2$s."),
  NO_DEFAULT(
      "There are several connections to %s, and none is the default.",
      "Choose one with `--connection %1$s=%2$s`, or for good with"
          + " `hearth connect default %1$s %2$s`."),
  EXISTS(
      "There is a connection `%2$s` to %1$s already.",
      "Give the new one another name, or put it in place of the old one with `--replace`."),
  NAME_INVALID(
      "`%s` cannot be the name of a connection.",
      "Use up to 60 letters, digits and `. _ -`, beginning with a letter or digit."),
  NAME_RESERVED(
      "`%s` cannot be the name of a connection: Hearth uses it for those that have no name.",
      "Choose another name."),
  FIELD_UNKNOWN("A connection to %s has no field `%s` (%s).", "It has these: %4$s."),
  FIELD_MISSING("The connection `%2$s` to %1$s has no `%3$s` (%4$s).", "Add it there."),
  FIELD_WRONG("`%s` of the connection `%s` to %s is no text (%s).", "Write it in double quotes."),
  NO_SECRET_FIELD(
      "`%s` of the connection `%s` to %s is shown, so it cannot be a secret.",
      "Write its value there."),
  NOT_IN_ENVIRONMENT(
      "The environment spells out no connection to %s.",
      "Set `%2$s` and its like, or name another one."),
  ENVIRONMENT_INCOMPLETE(
      "The variable `%s` is set, but `%s` is not.",
      "Set both, or neither to use the connection that is stored."),
  SECRET_IN_PLAIN(
      "`%s` of the connection `%s` to %s stands in a file that is not for secrets (%s).",
      "Take it out there, then add the connection again with"
          + " `hearth connect add`, which keeps it safe."),
  SECRET_GONE(
      "The secret `%3$s` of the connection `%2$s` to %1$s is not in the secret store.",
      "Set it with `hearth secrets set %3$s`."),
  FILE_WRONG("%s: %s", "Correct it, or remove the file and add the connections again."),
  FILE_NEWER("%s was written by a newer Hearth.", "Use that one, or another config folder.");

  private final ErrorText text;

  ConnectionError(String message, String hint) {
    this.text = ErrorText.of("connection", name(), ErrorKind.USAGE, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }

  /** Nothing of that name can be connected to; {@code known} lists what can. */
  public static HearthException bindingUnknown(String written, Collection<String> known) {
    var error =
        new HearthException(BINDING_UNKNOWN, VisibleText.of(written), String.join(", ", known));
    return Suggestion.closest(written, known)
        .map(best -> error.hint("Did you mean `" + best + "`?"))
        .orElse(error);
  }
}
