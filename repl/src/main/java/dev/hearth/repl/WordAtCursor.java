package dev.hearth.repl;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jline.reader.CompletingParsedLine;

/**
 * The piece of JavaScript that completion is about: what stands before the cursor without a break,
 * such as {@code pve.vm}, or in a string all of it, such as {@code hearth:pr}.
 *
 * @param quoted whether it stands in an open string
 */
record WordAtCursor(String line, int cursor, int start, boolean quoted)
    implements CompletingParsedLine {
  private static final String NAME = "[\\p{L}_$][\\p{L}\\p{N}_$]*+";
  private static final String CALL = "\\((?:[^()'\"`\\\\]|'[^'\\\\]*+'|\"[^\"\\\\]*+\")*+\\)";
  private static final Pattern STEP = Pattern.compile(NAME + "|" + CALL);
  private static final Pattern CHAIN =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_$.)\\]}'\"`?])" + NAME + "(?:\\." + NAME + "|" + CALL + ")*+$");
  private static final Pattern MODULE_WANTED =
      Pattern.compile("(?:^|[^\\p{L}\\p{N}_$.])(?:from|import)\\s*\\(?\\s*$");

  static WordAtCursor of(String line, int cursor) {
    var quote = openQuote(line.substring(0, cursor));
    if (quote >= 0) {
      return new WordAtCursor(line, cursor, quote + 1, true);
    }
    var start = cursor;
    while (start > 0 && belongs(line.charAt(start - 1))) {
      start--;
    }
    return new WordAtCursor(line, cursor, start, false);
  }

  private static boolean belongs(char c) {
    return Character.isJavaIdentifierPart(c) || c == '.';
  }

  /** Where the string begins that does not end; -1 when there is none. */
  private static int openQuote(String text) {
    var open = -1;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (open < 0) {
        open = "'\"`".indexOf(c) >= 0 ? i : -1;
      } else if (c == '\\') {
        i++;
      } else if (c == text.charAt(open) || (c == '\n' && text.charAt(open) != '`')) {
        open = -1;
      }
    }
    return open;
  }

  /** Whether the word is the beginning of what {@code import} names. */
  boolean isModule() {
    return quoted && MODULE_WANTED.matcher(line.substring(0, start - 1)).find();
  }

  /**
   * What stands before the last dot: names, and calls with plain values, such as {@code [pve, api,
   * nodes, ('pve')]} for {@code pve.api.nodes('pve').qe}; empty for a word without a dot and for
   * what is more than that.
   */
  List<String> chain() {
    int dot = word().lastIndexOf('.');
    var before = CHAIN.matcher(line.substring(0, start + Math.max(dot, 0)));
    return dot >= 0 && before.find()
        ? STEP.matcher(before.group()).results().map(MatchResult::group).toList()
        : List.of();
  }

  /** The word up to and with its last dot, behind which something is to be completed. */
  String upToDot() {
    return word().substring(0, word().lastIndexOf('.') + 1);
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
