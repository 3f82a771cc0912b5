package dev.hearth.stdlib.terraform;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Errors of the commands that write none as JSON, from what they print without colours: a summary,
 * where it stands, and more.
 */
final class PlainErrors {
  private static final Pattern BEGIN = Pattern.compile("(?m)^(Error|Warning): (.*)$");
  private static final Pattern PLACE = Pattern.compile("(?m)^  on (.+) line (\\d+)[^\\n]*$");

  private PlainErrors() {}

  static List<Diagnostic> read(String said) {
    var found = new ArrayList<Diagnostic>();
    var begins = BEGIN.matcher(said).results().toList();
    for (int i = 0; i < begins.size(); i++) {
      var begin = begins.get(i);
      int end = i + 1 < begins.size() ? begins.get(i + 1).start() : said.length();
      var detail = said.substring(begin.end(), end).strip();
      var place = PLACE.matcher(detail);
      boolean isInFile = place.find();
      found.add(
          new Diagnostic(
              begin.group(1).equals("Error") ? "error" : "warning",
              begin.group(2).strip(),
              detail,
              isInFile ? place.group(1) : null,
              isInFile ? Integer.valueOf(place.group(2)) : null,
              null,
              null,
              null));
    }
    return found;
  }
}
