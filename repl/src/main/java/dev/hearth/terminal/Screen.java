package dev.hearth.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.report.Page;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * What one stream of ours can show.
 *
 * @param kind what stands at its other end
 * @param ink whether it is coloured
 * @param glyphs which signs it can show
 * @param columns asks for the width in cells; it may change while we look
 */
public record Screen(Kind kind, Ink ink, Glyphs glyphs, IntSupplier columns) implements Page {

  /** What stands at the other end of a stream. */
  public enum Kind {
    /** A person before a terminal that can move its cursor: lines may be redrawn. */
    LIVE,
    /** A person, but no cursor: {@code TERM=dumb}, a CI job with a terminal. */
    TERMINAL,
    /** A pipe or a file: nothing is cut and nothing is wrapped. */
    PIPE
  }

  /** A stream that is no terminal, with the usual 80 columns for what is aligned. */
  public static Screen pipe() {
    return new Screen(Kind.PIPE, Ink.PLAIN, Glyphs.UNICODE, () -> 80);
  }

  /** The width in cells. */
  @Override
  public int width() {
    return columns.getAsInt();
  }

  /** The width that tables and values must fit; a pipe has no end. */
  int room() {
    return kind == Kind.PIPE ? Integer.MAX_VALUE : width();
  }

  public String paint(Role role, String text) {
    return ink.paint(role, text);
  }

  @Override
  public String paint(Part part, String text) {
    return paint(
        switch (part) {
          case ERROR -> Role.ERROR;
          case WARNING -> Role.WARNING;
          case STRONG -> Role.STRONG;
          case FAINT -> Role.FAINT;
          case HINT -> Role.HINT;
          case PLACE -> Role.PLACE;
        },
        text);
  }

  @Override
  public boolean isBounded() {
    return kind != Kind.PIPE;
  }

  @Override
  public int cells(String text) {
    return TextWidth.of(text);
  }

  @Override
  public List<String> wrap(String text, int cells) {
    return isBounded() ? TextWidth.wrap(text, Math.max(20, cells)) : List.of(text.split("\n", -1));
  }

  /** A long line is cut on both sides. */
  @Override
  public Excerpt excerpt(Excerpt whole, int used) {
    var room = room() - used;
    var ellipsis = glyphs.ellipsis();
    var source = whole.source();
    if (room < 20 || TextWidth.of(source) <= room) {
      return whole;
    }
    if (whole.caret() < room - TextWidth.of(ellipsis)) {
      return new Excerpt(TextWidth.cut(source, room, ellipsis), whole.caret());
    }
    var first = TextWidth.indexOfCell(source, whole.caret() - room / 2);
    var shown = ellipsis + source.substring(first);
    var shift = TextWidth.of(source.substring(0, first)) - TextWidth.of(ellipsis);
    return new Excerpt(TextWidth.cut(shown, room, ellipsis), whole.caret() - shift);
  }

  @Override
  public String tree(JsonNode value) {
    return new ValueView(this).tree(value);
  }
}
