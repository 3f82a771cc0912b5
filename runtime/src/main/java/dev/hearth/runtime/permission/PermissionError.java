package dev.hearth.runtime.permission;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which reading, granting and checking permissions fails on purpose. */
public enum PermissionError implements ErrorCode {
  /** Arguments: the text, what is wrong with it, how it is written. */
  MALFORMED(ErrorKind.USAGE, "`%s` is not a permission: %s.", "%3$s"),

  /** Arguments: where in the literal, what is wrong there, how it is written. */
  DECLARED_WRONG(ErrorKind.RECIPE, "`%s` in the recipe declares no permission: %s.", "%3$s"),

  /** Arguments: the recipe, what it needs and was not granted, the flags to type. */
  NOT_GRANTED(
      ErrorKind.PERMISSION,
      "%s was not allowed to %s.",
      "If you trust it, run it again with %3$s."),

  /** Arguments: the recipe, what it needs, the flags to type, what is not as it was. */
  CHANGED(
      ErrorKind.PERMISSION,
      "%s was not allowed to %s again: %4$s since you allowed it.",
      "Look at what changed; if you still trust it, run it with %3$s, and with `--remember` to"
          + " have that remembered."),

  /** Arguments: the file. */
  FILE_CHANGED(
      ErrorKind.PERMISSION,
      "`%s` is not among the files that you allowed, or has changed since.",
      "Import it by a literal path, so that it is seen beforehand; then have the recipe ask anew"
          + " with `hearth permissions revoke`."),

  /** Arguments: who asked, what for, the line to declare, the flag. */
  DENIED(
      ErrorKind.PERMISSION,
      "%s may not %s: it was not granted.",
      "Add `%3$s` to the `permissions` of the recipe, or run it with `%4$s`."),

  /** Arguments: who asked, what for, the name, the address, the line to declare, the flag. */
  PRIVATE_ADDRESS(
      ErrorKind.PERMISSION,
      "%s may not %s: `%s` leads to %s, which is not a public address.",
      "If that is meant, add `%5$s` to the `permissions` of the recipe and run it with `%6$s`."),

  /** Arguments: who asked, the path asked for, where it leads, the line to declare, the flag. */
  LEADS_OUTSIDE(
      ErrorKind.PERMISSION,
      "%s may not use `%s`: it leads to `%s`, which was not granted.",
      "If that is meant, add `%4$s` to the `permissions` of the recipe and run it with `%5$s`."),

  /** Arguments: who asked, the path. */
  PROTECTED(
      ErrorKind.PERMISSION,
      "%s may not use `%s`: it belongs to Hearth, and no grant opens that.",
      "Use a folder of your own.");

  private final ErrorText text;

  PermissionError(ErrorKind kind, String message, String hint) {
    text = ErrorText.of("permission", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
