package dev.hearth.stdlib.terraform;

import java.util.ArrayList;
import java.util.Optional;

/** Texts of Terraform's language, as long as nothing is computed in them. */
final class HclText {
  private HclText() {}

  /** What is meant by what stands between quotes; empty where something is computed. */
  static Optional<String> unquoted(String written) {
    var meant = new StringBuilder();
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c == '\\' && i + 1 < written.length()) {
        i++;
        switch (written.charAt(i)) {
          case 'n' -> meant.append('\n');
          case 'r' -> meant.append('\r');
          case 't' -> meant.append('\t');
          case 'u', 'U' -> {
            int digits = written.charAt(i) == 'u' ? 4 : 8;
            var code = code(written, i + 1, digits);
            if (code.isEmpty()) {
              return Optional.empty();
            }
            meant.appendCodePoint(code.get());
            i += digits;
          }
          default -> meant.append(written.charAt(i));
        }
      } else if (written.startsWith("$${", i) || written.startsWith("%%{", i)) {
        meant.append(c).append('{');
        i += 2;
      } else if (written.startsWith("${", i) || written.startsWith("%{", i)) {
        return Optional.empty();
      } else {
        meant.append(c);
      }
    }
    return Optional.of(meant.toString());
  }

  private static Optional<Integer> code(String written, int begin, int digits) {
    int end = begin + digits;
    if (end > written.length()
        || !written.substring(begin, end).chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      return Optional.empty();
    }
    var code = Long.parseLong(written.substring(begin, end), 16);
    return code <= Character.MAX_CODE_POINT ? Optional.of((int) code) : Optional.empty();
  }

  /** What is meant by a whole {@code <<END … END}; empty where something is computed. */
  static Optional<String> ofHeredoc(String written) {
    var lines = new ArrayList<>(written.lines().toList());
    boolean isIndented = lines.getFirst().startsWith("<<-");
    lines.removeFirst();
    lines.removeLast();
    var text = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    var inner = text.replace("$${", "").replace("%%{", "");
    if (inner.contains("${") || inner.contains("%{")) {
      return Optional.empty();
    }
    var meant = text.replace("$${", "${").replace("%%{", "%{");
    return Optional.of(isIndented ? withoutMargin(meant) : meant);
  }

  private static String withoutMargin(String text) {
    int margin =
        text.lines()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    var shorter = new StringBuilder();
    text.lines()
        .forEach(
            line -> shorter.append(line.substring(Math.min(margin, line.length()))).append('\n'));
    return shorter.toString();
  }
}
