package dev.hearth.stdlib.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a template. A line that has nothing but block tags and comments is no line of the result,
 * as configuration files want it; a dash beside a tag's bracket takes the white space on its side
 * away.
 */
final class TemplateParser {
  private static final int DEEPEST = 50;

  private final TemplateSource source;
  private final String text;
  private int at;
  private boolean trimNext;
  private int depth;

  /** The tag that ended what was read last. */
  private @Nullable Tag closing;

  /**
   * A block tag that is part of another: {@code elif}, {@code else}, {@code endif}, {@code endfor}.
   */
  private record Tag(String word, int at, ExpressionParser rest) {}

  TemplateParser(TemplateSource source) {
    this.source = source;
    this.text = source.text();
  }

  List<Part> parse() {
    var parts = body();
    if (closing != null) {
      throw source.error(TemplateError.SYNTAX, closing.at, "`" + closing.word + "` closes nothing");
    }
    return parts;
  }

  private List<Part> body() {
    if (++depth > DEEPEST) {
      throw source.error(TemplateError.SYNTAX, at, "blocks are nested too deeply");
    }
    var parts = new ArrayList<Part>();
    closing = null;
    while (at < text.length() && closing == null) {
      int open = nextTag();
      plain(parts, open);
      if (open < text.length()) {
        tag(parts, open);
      }
    }
    depth--;
    return List.copyOf(parts);
  }

  private int nextTag() {
    for (int i = text.indexOf('{', at);
        i >= 0 && i + 1 < text.length();
        i = text.indexOf('{', i + 1)) {
      char c = text.charAt(i + 1);
      if (c == '{' || c == '%' || c == '#') {
        return i;
      }
    }
    return text.length();
  }

  /** The text up to a tag, without what the tags around it take away. */
  private void plain(List<Part> parts, int open) {
    var plain = text.substring(at, open);
    if (open < text.length()) {
      if (open + 2 < text.length() && text.charAt(open + 2) == '-') {
        plain = plain.stripTrailing();
      } else if (isAlone(open)) {
        plain = plain.substring(0, plain.length() - (open - lineBegin(open)));
      }
    }
    if (trimNext) {
      plain = plain.stripLeading();
    }
    if (!plain.isEmpty()) {
      parts.add(new Part.Text(plain));
    }
    at = open;
    trimNext = false;
  }

  private int lineBegin(int place) {
    return text.lastIndexOf('\n', place - 1) + 1;
  }

  /** Whether a block tag or comment begins its line, and nothing but others of its kind follow. */
  private boolean isAlone(int open) {
    int begin = Math.max(lineBegin(open), 0);
    return begin >= at && text.substring(begin, open).isBlank() && endOfLoneTags(open) >= 0;
  }

  /** Where the line ends that has only tags from {@code open} on; -1 if it has something else. */
  private int endOfLoneTags(int open) {
    int place = open;
    while (text.startsWith("{%", place) || text.startsWith("{#", place)) {
      var close = text.charAt(place + 1) == '%' ? "%}" : "#}";
      int end = text.indexOf(close, place + 2);
      if (end < 0) {
        return -1;
      }
      place = end + 2;
      while (place < text.length() && (text.charAt(place) == ' ' || text.charAt(place) == '\t')) {
        place++;
      }
      if (place == text.length()) {
        return place;
      }
      if (text.charAt(place) == '\n' || text.startsWith("\r\n", place)) {
        return text.indexOf('\n', place) + 1;
      }
    }
    return -1;
  }

  private void tag(List<Part> parts, int open) {
    char kind = text.charAt(open + 1);
    var close = kind == '{' ? "}}" : kind == '%' ? "%}" : "#}";
    int end = endOf(open, close, kind == '#');
    boolean begins = kind != '{' && text.substring(lineBegin(open), open).isBlank();
    int inner = open + 2 + (text.startsWith("-", open + 2) ? 1 : 0);
    boolean trims = end > inner && text.charAt(end - 1) == '-';
    at = end + 2;
    trimNext = trims;
    if (kind != '{' && !trims && (begins || lineOfTags)) {
      dropLineEnd(open);
    } else {
      lineOfTags = false;
    }
    if (kind == '#') {
      return;
    }
    var expression = new ExpressionParser(source, inner, trims ? end - 1 : end);
    if (kind == '{') {
      var value = expression.expression();
      expression.requireEnd();
      parts.add(new Part.Show(value));
    } else {
      block(parts, open, expression);
    }
  }

  /** Whether the line had only tags so far. */
  private boolean lineOfTags;

  private void dropLineEnd(int open) {
    int end = endOfLoneTags(open);
    lineOfTags = false;
    if (end < 0) {
      return;
    }
    int next = at;
    while (next < end && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    if (next >= end) {
      at = end;
    } else {
      at = next;
      lineOfTags = true;
    }
  }

  /** The end of a tag, whose texts may hold what looks like it. */
  private int endOf(int open, String close, boolean comment) {
    char quote = 0;
    for (int i = open + 2; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (!comment && (c == '"' || c == '\'')) {
        quote = c;
      } else if (text.startsWith(close, i)) {
        return i;
      }
    }
    throw source.error(TemplateError.SYNTAX, open, "the tag has no `" + close + "`");
  }

  private void block(List<Part> parts, int open, ExpressionParser rest) {
    int begin = open;
    if (rest.word("if")) {
      parts.add(choice(begin, rest));
    } else if (rest.word("for")) {
      parts.add(loop(begin, rest));
    } else if (rest.word("raw")) {
      rest.requireEnd();
      raw(parts, begin);
    } else {
      for (var word : List.of("elif", "else", "endif", "endfor")) {
        if (rest.word(word)) {
          closing = new Tag(word, open, rest);
          return;
        }
      }
      throw source.error(
          TemplateError.SYNTAX, open, "there are `if`, `for` and `raw`, and what belongs to them");
    }
  }

  private void raw(List<Part> parts, int open) {
    int end = text.indexOf("{% endraw %}", at);
    if (end < 0) {
      throw source.error(TemplateError.SYNTAX, open, "`raw` has no `{% endraw %}`");
    }
    parts.add(new Part.Text(text.substring(at, end)));
    at = end + "{% endraw %}".length();
  }

  private Part choice(int open, ExpressionParser first) {
    var branches = new ArrayList<Part.Branch>();
    var condition = first.expression();
    first.requireEnd();
    while (true) {
      var body = body();
      var tag = closed(open, "if");
      branches.add(new Part.Branch(condition, body));
      switch (tag.word) {
        case "elif" -> {
          condition = tag.rest.expression();
          tag.rest.requireEnd();
        }
        case "else" -> {
          var otherwise = body();
          requireEnd(open, "if");
          return new Part.Choice(List.copyOf(branches), otherwise);
        }
        default -> {
          requireWord(tag, "endif");
          return new Part.Choice(List.copyOf(branches), List.of());
        }
      }
    }
  }

  private Part loop(int open, ExpressionParser rest) {
    var item = rest.name();
    var value = rest.symbol(",") ? rest.name() : null;
    if (!rest.word("in")) {
      throw source.error(TemplateError.SYNTAX, open, "a loop is `for item in list`");
    }
    var in = rest.expression();
    rest.requireEnd();
    var body = body();
    var tag = closed(open, "for");
    if (tag.word.equals("else")) {
      var otherwise = body();
      requireEnd(open, "for");
      return new Part.Loop(item, value, in, body, otherwise);
    }
    requireWord(tag, "endfor");
    return new Part.Loop(item, value, in, body, List.of());
  }

  private void requireEnd(int open, String block) {
    requireWord(closed(open, block), "end" + block);
  }

  private Tag closed(int open, String block) {
    var tag = closing;
    closing = null;
    if (tag == null) {
      throw source.error(
          TemplateError.SYNTAX, open, "`" + block + "` has no `{% end" + block + " %}`");
    }
    return tag;
  }

  private void requireWord(Tag tag, String word) {
    if (!tag.word.equals(word)) {
      throw source.error(
          TemplateError.SYNTAX, tag.at, "`" + word + "` is expected, not `" + tag.word + "`");
    }
    tag.rest.requireEnd();
  }
}
