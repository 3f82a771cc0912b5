package dev.hearth.cli;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which a command line is wrong, and the one in which Hearth is. */
enum CliError implements ErrorCode {
  UNKNOWN_COMMAND("`%s` is not a command of Hearth.", "List the commands with `hearth --help`."),
  UNKNOWN_SUBCOMMAND(
      "`%s` is not a command of `hearth %s`.", "List them with `hearth %2$s --help`."),
  MISSING_SUBCOMMAND("`hearth %s` needs to know what to do.", "Use one of: %2$s."),
  UNKNOWN_OPTION("`%s` is not an option of `%s`.", "List the options with `%2$s --help`."),
  UNEXPECTED_ARGUMENT(
      "`%s` is one argument too many for `%s`.", "See `%2$s --help` for what it takes."),
  MISSING_ARGUMENT("`%s` needs %s.", "See `%1$s --help` for what it takes."),
  MISSING_VALUE("The option `%s` needs a value (%s).", "Write it as `%1$s=%2$s`."),
  NO_VALUE("The option `%s` takes no value.", "Write it as `%1$s`."),
  BAD_VALUE("%s cannot be `%s`.", "Write %3$s."),
  BAD_CHOICE("%s cannot be `%s`.", "Use one of: %3$s."),
  /** Arguments: the command, its argument. */
  ONE_OR_ALL("`%s` needs either one %s or `--all`.", "Write one of the two."),
  NO_JSON(
      "`hearth repl` prints for people, not JSON.",
      "Use `hearth eval --json CODE`, or `hearth run --json RECIPE`."),
  NO_PATH(
      "`%s` cannot be the path of a file here.",
      "Set LC_ALL to a locale with UTF-8, such as C.UTF-8: the one that is set has no such letters."),
  OUTPUT_LOST(
      ErrorKind.SYSTEM,
      "Not all output could be written: %s.",
      "Make room where the output goes to, then ask again."),
  RECIPE_FROM_INPUT(
      "A recipe cannot be read from standard input.",
      "Save it as a file and name that; code without a file is for `hearth eval CODE` and `hearth"
          + " repl`."),
  NO_RECIPES(
      "There is no `.js` or `.ts` file in the folder `%s`.",
      "Name a recipe, or a folder that has one."),
  NO_TESTS(
      "There is no file of tests in the folder `%s`.",
      "Name one such as `template.test.js`, or a folder that has one."),
  FOLDER_UNREADABLE("The folder `%s` cannot be read.", "Give Hearth the right to read it."),
  NOT_SIMULATED("There is no simulator for `%s`.", "There are simulators for: %2$s."),
  /** Arguments: two flags, each of which says how a simulated world begins. */
  FIRST_WORLD_TWICE(
      "A world begins in one way, and `%s` and `%s` are two.", "Leave one of them out."),
  /** Arguments: the file, what is simulated in it. */
  WORLD_THERE(
      "%s holds a %s already, which a copy would not replace.",
      "Name a file that does not exist yet, or leave `--from` out to go on with what it holds."),
  NOT_COPIED(
      "A real %s cannot be copied into its simulator.",
      "Leave `--from` out to begin with a fresh one."),
  NO_CONNECTIONS("There are no connections to `%s`.", "There are connections to: %2$s."),
  NO_SECRET("Standard input holds nothing for `%s`.", "Write it there, as one line."),
  NO_SECRET_GIVEN(
      "Nobody can be asked here for the secret `%s`.",
      "Pass `--stdin` and write it there, or name a file with `--from-file`."),
  SECRET_TWICE("A secret has one source.", "Pass `--stdin` or `--from-file`, not both."),
  SECRET_IS_ARGUMENT(
      "`%s` is one argument too many: a secret stands in no command, where every user of this"
          + " machine and your shell's history would see it.",
      "Type it when you are asked, or pass `--stdin` or `--from-file`; renew it if that was one."),
  SECRET_UNREADABLE("The secret cannot be read from %s: %s.", "Name a file of UTF-8 text."),
  SECRET_ON_TERMINAL(
      "The secret `%s` is not printed on a terminal without your wish.",
      "Pass `--show`, or send it into a pipe."),
  CONNECTION_SETTING(
      "The default connection to %s is no setting, but for a profile.",
      "Choose it with `hearth connect default %1$s NAME`, or pass `--profile`."),
  NO_EXPORT(
      "%s is not what `hearth config export` of this version writes.",
      "Export it again on the other machine."),
  NO_EDITOR("No editor is set.", "Set `EDITOR`, such as with `export EDITOR=nano`."),
  EDITOR_FAILED(
      "The editor ended with status %s; nothing is changed.",
      "Look at what it said, and try again."),
  NOBODY_TO_ASK(
      "Removing `%s` has to be confirmed, and nobody can be asked here.", "Pass `--yes`."),
  CANNOT_ASK(
      "`--on-error=ask` asks after a failure, and nobody can be asked here.",
      "Use `--on-error=stop` or `--on-error=undo`."),
  CERTIFICATE_UNKNOWN(
      ErrorKind.SYSTEM,
      "No authority that this machine knows vouches for the certificate of %s.",
      "Compare its fingerprint with what the server shows; if they are equal, pass"
          + " `--fingerprint %2$s`."),
  CERTIFICATE_REFUSED(
      ErrorKind.SYSTEM,
      "The certificate of %s is not the one you expect.",
      "Find out who answers there before you send it a secret."),
  LIST_AND_HOST(
      "An inventory is printed whole, or for one host.",
      "Pass `--list` or `--host NAME`, not both."),
  NO_INVENTORY(
      ErrorKind.RECIPE,
      "What the recipe returned is no inventory: %s.",
      "Return groups by name, each with `hosts`, `vars` and `children`, as `inventoryFrom` of"
          + " `hearth:ansible` makes them."),
  STANDBY_FAILED(
      ErrorKind.SYSTEM,
      "There can be no standby process.",
      "Do without one: it only makes starts shorter."),
  STANDBY_BUSY(
      "The standby process %s is in the middle of a run.", "Wait for its end, or stop the run."),
  BUG(
      ErrorKind.BUG,
      "Hearth has a bug: %s.",
      "Report it with all of these lines and with what you did; check them for secrets first.");

  private final ErrorText text;

  CliError(String message, String hint) {
    this(ErrorKind.USAGE, message, hint);
  }

  CliError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("cli", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
