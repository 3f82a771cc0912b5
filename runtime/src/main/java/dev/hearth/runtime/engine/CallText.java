package dev.hearth.runtime.engine;

/** Finds the called name in the text of a call, such as {@code start} in {@code vm(1).start()}. */
final class CallText {
  private CallText() {}

  /** The offset of the last called name; 0 when the text is no call of a member. */
  static int nameOffset(String call) {
    int open = openOfLastArguments(call);
    if (open <= 0) {
      return 0;
    }
    int end = open;
    while (end > 0 && Character.isWhitespace(call.charAt(end - 1))) {
      end--;
    }
    int begin = end;
    while (begin > 0 && Character.isJavaIdentifierPart(call.charAt(begin - 1))) {
      begin--;
    }
    boolean isMember = begin > 0 && begin < end && call.charAt(begin - 1) == '.';
    return isMember ? begin : 0;
  }

  /** Where the last argument list opens, skipping strings and nested brackets; -1 without one. */
  private static int openOfLastArguments(String call) {
    int last = -1;
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < call.length(); i++) {
      char c = call.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '\'' || c == '"' || c == '`') {
        quote = c;
      } else if (c == '(' || c == '[' || c == '{') {
        if (depth == 0 && c == '(') {
          last = i;
        }
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      }
    }
    return depth == 0 && call.endsWith(")") ? last : -1;
  }
}
