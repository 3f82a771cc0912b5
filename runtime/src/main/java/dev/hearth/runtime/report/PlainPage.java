package dev.hearth.runtime.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Text without colours and without a bound, as a pipe gets it, for what has no terminal. */
public final class PlainPage implements Page {
  private static final int WIDTH = 80;

  @Override
  public String paint(Part part, String text) {
    return text;
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public boolean isBounded() {
    return false;
  }

  @Override
  public int cells(String text) {
    return text.codePointCount(0, text.length());
  }

  @Override
  public List<String> wrap(String text, int cells) {
    return List.of(text.split("\n", -1));
  }

  @Override
  public Excerpt excerpt(Excerpt whole, int used) {
    return whole;
  }

  @Override
  public String tree(JsonNode value) {
    var lines = new StringBuilder();
    for (var field : value.properties()) {
      var text = field.getValue().isTextual() ? field.getValue().asText() : field.getValue() + "";
      lines.append(SafeText.line(field.getKey())).append("  ");
      lines.append(SafeText.line(text)).append('\n');
    }
    return lines.toString();
  }
}
