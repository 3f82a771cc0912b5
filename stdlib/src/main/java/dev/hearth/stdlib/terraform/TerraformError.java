package dev.hearth.stdlib.terraform;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which work with Terraform fails on purpose. */
enum TerraformError implements ErrorCode {
  MISSING(
      ErrorKind.SYSTEM,
      "Neither `tofu` nor `terraform` is installed, or not in PATH.",
      "Install OpenTofu or Terraform, or name the program: `hearth connect add terraform NAME --program PATH`."),
  /** Argument: the folder. */
  FOLDER_MISSING(ErrorKind.RECIPE, "There is no folder `%s`.", "Correct `dir`."),
  /** Argument: the folder. */
  NO_MODULE(
      ErrorKind.RECIPE,
      "In `%s` there is no file of Terraform (`*.tf`, `*.tf.json`).",
      "Name the folder in which the root module stands as `dir`."),
  /** Arguments: the file, line, column, what is wrong. */
  SYNTAX(
      ErrorKind.RECIPE,
      "`%s` cannot be read at %d:%d: %s.",
      "Correct line %2$d; `details.excerpt` shows it."),
  /** Arguments: what of a recipe, what is wrong. */
  OPTION_VALUE(
      ErrorKind.RECIPE, "%s cannot be used: %s.", "Correct it; the types say what is taken."),
  /** Arguments: the name, the folder. */
  VARIABLE_UNKNOWN(
      ErrorKind.RECIPE,
      "The module in `%2$s` has no variable `%1$s`.",
      "Name one that it declares: `(await terraform({ dir }).module()).variables` has them."),
  /** Arguments: the place in the variable, what is wrong. */
  VARIABLE_VALUE(
      ErrorKind.RECIPE, "The variable `%s` does not fit: %s.", "Give it a value of its type."),
  /** Arguments: the folder, the names. */
  VARIABLE_MISSING(
      ErrorKind.RECIPE,
      "The module in `%s` needs values for %s, and nobody can be asked.",
      "Pass them as `variables`."),
  /** Argument: the folder. */
  TOO_DEEP(
      ErrorKind.RECIPE,
      "Below `%s` there are more than 20 levels or 10000 folders.",
      "Name a folder that holds less than that."),
  /** Argument: the source. */
  LEADS_OUTSIDE(
      ErrorKind.SYSTEM,
      "`%s` leads to what is no part of what was fetched.",
      "Do not trust this module: a link in it leads elsewhere."),
  /** Argument: the file. */
  FILE_FOREIGN(
      ErrorKind.RECIPE,
      "`%s` was not made by Hearth, and is not replaced.",
      "Move it away, or write the module to another folder."),
  /** Arguments: what was done, the folder, the first error. */
  FAILED(
      ErrorKind.SYSTEM,
      "Terraform cannot %s `%s`: %s.",
      "`details.diagnostics` has all that it says, with file and line."),
  /** Arguments: the folder, who holds the lock. */
  LOCKED(
      ErrorKind.SYSTEM,
      "The state of `%s` is locked%s.",
      "Wait until the other run has ended, or pass `lockTimeout: '5m'`."),
  /** Argument: the folder. */
  PLAN_GONE(
      ErrorKind.RECIPE,
      "The plan for `%s` is no longer there: it was applied, or made in another run.",
      "Make a plan and apply it in the same step."),
  /** Argument: the folder. */
  NO_BACKEND(
      ErrorKind.RECIPE,
      "The module in `%s` names no backend, so there is none to give `backend` to.",
      "Add `terraform { backend \"pg\" {} }` to it, or the kind that it is to have."),
  /** Arguments: the address, the folder. */
  NOT_IN_STATE(
      ErrorKind.RECIPE,
      "There is no `%s` in the state of `%s`.",
      "Name one that it has: `await terraform({ dir }).state.list()` has them."),
  /** Arguments: the command, its folder. */
  ANSWER(
      ErrorKind.SYSTEM,
      "`%s` in `%s` answered what is no answer of Terraform.",
      "Look whether `program` is Terraform 1.9 or OpenTofu 1.8, or newer."),
  /** Arguments: what was done, the folder. */
  INTERRUPTED(
      ErrorKind.INTERRUPTED,
      "Terraform was stopped while it was to %s `%s`.",
      "What was done until then stands in the state; make a new plan.");

  private final ErrorText text;

  TerraformError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("terraform", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
