package dev.hearth.repl;

import java.util.List;
import org.jline.reader.CompletingParsedLine;

/**
 * The piece of JavaScript that completion is about: what stands before the cursor without a break,
 * such as {@code pve.vm} or {@code 'hearth:pr}.
 */
record WordAtCursor(String line, int cursor, int start) implements CompletingParsedLine {

  static WordAtCursor of(String line, int cursor) {
    var start = cursor;
    while (start > 0 && belongs(line.charAt(start - 1))) {
      start--;
    }
    return new WordAtCursor(line, cursor, start);
  }

  private static boolean belongs(char c) {
    return Character.isJavaIdentifierPart(c) || c == '.' || c == ':' || c == '-';
  }

  /** Whether the word stands in an open string. */
  boolean isQuoted() {
    return start > 0 && "'\"`".indexOf(line.charAt(start - 1)) >= 0;
  }

  @Override
  public String word() {
    return line.substring(start, cursor);
  }

  @Override
  public int wordCursor() {
    return cursor - start;
  }

  @Override
  public int wordIndex() {
    return 0;
  }

  @Override
  public List<String> words() {
    return List.of(word());
  }

  @Override
  public CharSequence escape(CharSequence candidate, boolean complete) {
    return candidate;
  }

  @Override
  public int rawWordCursor() {
    return wordCursor();
  }

  @Override
  public int rawWordLength() {
    return wordCursor();
  }
}
