package dev.hearth.runtime.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What an error is written on: a terminal with colours and a width, or plain text. */
public interface Page {
  /** What a piece of text is, which may decide its colour. */
  enum Part {
    ERROR,
    WARNING,
    STRONG,
    FAINT,
    HINT,
    PLACE
  }

  String paint(Part part, String text);

  /** The cells that the sentence and its code share. */
  int width();

  /** Whether lines end at {@link #width}; else nothing is wrapped and nothing cut. */
  boolean isBounded();

  /** How many cells the text fills. */
  int cells(String text);

  /** The text in lines of at most {@code cells}, where the page is bounded. */
  List<String> wrap(String text, int cells);

  /** The part of a source line around its caret that fits behind {@code used} cells. */
  Excerpt excerpt(Excerpt whole, int used);

  /** Data with one line per leaf, each ended. */
  String tree(JsonNode value);

  /**
   * A source line.
   *
   * @param caret the cell under which the caret goes, counted from 0
   */
  record Excerpt(String source, int caret) {}
}
