package dev.hearth.terminal;

import dev.hearth.runtime.report.SafeText;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/**
 * Text measured in the cells of a terminal: a Chinese character fills two, an accent none. All
 * texts here are {@link SafeText safe} and not yet coloured.
 */
final class TextWidth {
  private TextWidth() {}

  /** How many cells the text fills. */
  static int of(String text) {
    var width = 0;
    for (var i = 0; i < text.length(); ) {
      width += clusterWidth(text, i);
      i += clusterLength(text, i);
    }
    return width;
  }

  /** The longest beginning of the text that fits, with {@code ellipsis} where something is lost. */
  static String cut(String text, int width, String ellipsis) {
    if (of(text) <= width) {
      return text;
    }
    var room = width - of(ellipsis);
    if (room < 0) {
      return "";
    }
    return text.substring(0, indexOfCell(text, room)) + ellipsis;
  }

  /** The index of the last cluster that begins at or before {@code cell}. */
  static int indexOfCell(String text, int cell) {
    var width = 0;
    var i = 0;
    while (i < text.length()) {
      var next = width + clusterWidth(text, i);
      if (next > cell) {
        return i;
      }
      width = next;
      i += clusterLength(text, i);
    }
    return i;
  }

  /**
   * The text in lines of at most {@code width} cells, broken at spaces; a long word stays whole.
   */
  static List<String> wrap(String text, int width) {
    var lines = new ArrayList<String>();
    for (var paragraph : text.split("\n", -1)) {
      var line = new StringBuilder();
      for (var word : paragraph.split(" ", -1)) {
        if (!line.isEmpty() && of(line.toString()) + 1 + of(word) > width) {
          lines.add(line.toString());
          line.setLength(0);
        } else if (!line.isEmpty()) {
          line.append(' ');
        }
        line.append(word);
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static int clusterWidth(String text, int index) {
    return isAscii(text, index) ? 1 : Math.max(0, WCWidth.wcwidthForGraphemeCluster(text, index));
  }

  private static int clusterLength(String text, int index) {
    return isAscii(text, index) ? 1 : Math.max(1, WCWidth.charCountForGraphemeCluster(text, index));
  }

  /** Whether the cluster is one ASCII character: nothing combines with it from behind. */
  private static boolean isAscii(String text, int index) {
    return text.charAt(index) < 0x7f
        && (index + 1 == text.length() || text.charAt(index + 1) < 0x300);
  }
}
