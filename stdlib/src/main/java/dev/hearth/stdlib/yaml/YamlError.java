package dev.hearth.stdlib.yaml;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/**
 * Every way in which YAML is refused. The first three arguments of what concerns a place are the
 * text's name, the line and the column.
 */
enum YamlError implements ErrorCode {
  /** Then: what is wrong. */
  SYNTAX("%s is no YAML at %d:%d: %s.", "Correct line %2$d; `details.excerpt` shows it."),
  /** Then: the key, the line where it stands already. */
  DUPLICATE_KEY(
      "%s has the key `%4$s` twice at %2$d:%3$d; it stands in line %5$d already.",
      "Remove one of them, or rename it."),
  /** Then: the alias. */
  UNKNOWN_ALIAS(
      "%s names `*%4$s` at %2$d:%3$d, but nothing before it has the anchor `&%4$s`.",
      "Set the anchor before it is used."),
  /** Then: how many characters. */
  TOO_MANY_ALIASES(
      "%s repeats at %d:%d so much by aliases that it would have more than %d characters.",
      "Write out what is meant; such a text is often made to break its reader."),
  /** Then: the tag. */
  UNKNOWN_TAG(
      "%s has the tag `%4$s` at %2$d:%3$d, which has no meaning here.",
      "Remove it, or read the value without it: `{ tags: 'ignore' }`."),
  /** Then: the value, the type of the tag. */
  WRONG_TAG(
      "%s says at %d:%d that `%s` is of the type `%s`, which it is not.", "Correct tag or value."),
  KEY_NOT_TEXT(
      "%s has a list or a map as a key at %d:%d.", "Use a text as the key; JSON has no others."),
  MERGE_OF_NO_MAP(
      "%s merges at %d:%d what is no map.", "Give `<<` a map, an alias of one, or a list of them."),
  /** Then: levels. */
  TOO_DEEP(
      "%s is nested more than %4$d levels deep at %2$d:%3$d.",
      "Make it flatter; such a text is often made to break its reader."),
  /** Argument: levels. */
  VALUE_TOO_DEEP("The value is nested more than %d levels deep.", "Make it flatter."),
  /** Argument: the pointer. */
  NOT_EDITABLE(
      "The text is written in a form in which `%s` cannot be changed alone.",
      "Change it by hand, or write all of it anew with `yaml.stringify`."),
  /** Argument: the pointer. */
  NO_PLACE(
      "There is no place for `%s`.",
      "A list has only its indices, the next one and `-`; a text or a number has nothing in it."),
  SEVERAL_DOCUMENTS(
      "%s has another document at %d:%d.", "Read all of them with `yaml.parseAll(text)`.");

  private final ErrorText text;

  YamlError(String message, String hint) {
    this.text = ErrorText.of("yaml", name(), ErrorKind.RECIPE, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
