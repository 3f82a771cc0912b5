package dev.hearth.stdlib.csv;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/**
 * Every way in which CSV is refused. The first three arguments of what concerns a place are the
 * text's name, the line and the column.
 */
enum CsvError implements ErrorCode {
  NOT_JSON(
      "What is to be written did not come as JSON.", "Give the value to `csv.stringify` itself."),
  /** Then: what is wrong. */
  SYNTAX("%s is no CSV at %d:%d: %s.", "Correct line %2$d; `details.excerpt` shows it."),
  /** Then: the row's fields, the expected ones. */
  RAGGED_ROW(
      "%s has a row with %4$d %5$s at %2$d:%3$d, where %6$d are expected.",
      "Correct the row; look also whether `delimiter` is the right one."),
  /** Then: the column's name. */
  DUPLICATE_COLUMN(
      "%s names two columns `%4$s` at %2$d:%3$d.",
      "Rename one of them, or read rows as lists with `{ header: false }`."),
  /** Arguments: the row's number, the column. */
  VALUE_NOT_FLAT(
      "Row %d has a list or an object in column `%s`.",
      "Make it a text first, with `JSON.stringify` or `join`."),
  /** Arguments: the row's number. */
  NO_ROW(
      "Row %d is no object and no list, or not what the rows before it are.",
      "Give a list of objects, or a list of lists.");

  private final ErrorText text;

  CsvError(String message, String hint) {
    this.text = ErrorText.of("csv", name(), ErrorKind.RECIPE, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
