package dev.hearth.stdlib.csv;

import java.util.List;

/** Writes rows; quotes stand only where a reader needs them. */
final class CsvWriter {
  /** What makes a spreadsheet compute a text; also as Japanese keyboards write it. */
  private static final String FORMULA = "=+-@\t\r＝＋－＠";

  private final Dialect dialect;
  private final String lineEnd;
  private final boolean escapesFormulas;
  private final StringBuilder out = new StringBuilder();

  CsvWriter(CsvPureOps.Write how) {
    this.dialect = how.dialect();
    this.lineEnd = how.lineEnd();
    this.escapesFormulas = how.escapesFormulas();
    if (how.bom()) {
      out.append('\ufeff');
    }
  }

  /** A field, which is a text or what is no text, such as a number. */
  record Field(String value, boolean isText) {
    static final Field NONE = new Field("", false);
  }

  void row(List<Field> fields) {
    for (int i = 0; i < fields.size(); i++) {
      if (i > 0) {
        out.append(dialect.delimiter());
      }
      field(shown(fields.get(i)), fields.size() == 1);
    }
    out.append(lineEnd);
  }

  private String shown(Field field) {
    boolean isFormula =
        escapesFormulas
            && field.isText
            && !field.value.isEmpty()
            && FORMULA.indexOf(field.value.charAt(0)) >= 0;
    return isFormula ? "'" + field.value : field.value;
  }

  /** An empty field that is a row of its own has quotes, else it would be an empty line. */
  private void field(String value, boolean isAlone) {
    if (!(value.isEmpty() ? isAlone : needsQuotes(value))) {
      out.append(value);
      return;
    }
    char quote = dialect.quote();
    out.append(quote);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      out.append(c);
      if (c == quote) {
        out.append(c);
      }
    }
    out.append(quote);
  }

  private boolean needsQuotes(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == dialect.delimiter() || c == dialect.quote() || c == '\n' || c == '\r') {
        return true;
      }
    }
    char first = value.charAt(0);
    char last = value.charAt(value.length() - 1);
    return first <= ' ' || last <= ' ' || first == '\ufeff';
  }

  String text() {
    return out.toString();
  }
}
