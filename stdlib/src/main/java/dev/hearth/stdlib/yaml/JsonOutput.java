package dev.hearth.stdlib.yaml;

import java.util.Map;

/** JSON on its way. */
final class JsonOutput {
  private final StringBuilder out;

  JsonOutput(int expected) {
    this.out = new StringBuilder(Math.max(64, expected));
  }

  int length() {
    return out.length();
  }

  void raw(char c) {
    out.append(c);
  }

  void raw(String json) {
    out.append(json);
  }

  void text(String text) {
    quote(out, text);
  }

  void map(Map<String, String> entries) {
    out.append('{');
    var comma = "";
    for (var entry : entries.entrySet()) {
      out.append(comma);
      comma = ",";
      text(entry.getKey());
      out.append(':').append(entry.getValue());
    }
    out.append('}');
  }

  String between(int begin, int end) {
    return out.substring(begin, end);
  }

  String since(int begin) {
    return out.substring(begin);
  }

  /** Takes back all that was written since. */
  void cut(int length) {
    out.setLength(length);
  }

  static String quoted(String text) {
    var out = new StringBuilder(text.length() + 2);
    quote(out, text);
    return out.toString();
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    int begin = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\') {
        continue;
      }
      out.append(text, begin, i);
      begin = i + 1;
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        default -> out.append("\\u%04x".formatted((int) c));
      }
    }
    out.append(text, begin, text.length()).append('"');
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
