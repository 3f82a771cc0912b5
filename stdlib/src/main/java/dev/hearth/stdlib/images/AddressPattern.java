package dev.hearth.stdlib.images;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address, or the end of one, with words in braces: {@code alpine-{build}-{arch}.qcow2}. Words
 * that are known are filled in; the others are what a vendor's list tells.
 */
record AddressPattern(String text) {
  private static final Pattern WORD = Pattern.compile("\\{([a-z]+)}");

  /**
   * What a word stands for in a list: builds begin with a digit, in contrast to folders. It is
   * bounded, so that no list, however long and strange, takes long to search.
   */
  private static final String VALUE = "[0-9][0-9A-Za-z]{0,39}+(?:[._-][0-9A-Za-z]{1,40}+){0,8}?";

  /** Nobody's address is longer. */
  private static final int LONGEST = 1024;

  private static final String OF_A_NAME = "[0-9A-Za-z._-]";

  Set<String> words() {
    var words = new LinkedHashSet<String>();
    var matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group(1));
    }
    return words;
  }

  /** With what is known filled in. */
  AddressPattern with(Map<String, String> known) {
    return new AddressPattern(
        WORD.matcher(text)
            .replaceAll(
                word -> Matcher.quoteReplacement(known.getOrDefault(word.group(1), word.group()))));
  }

  /** The part behind the last slash. */
  AddressPattern file() {
    return new AddressPattern(text.substring(text.lastIndexOf('/') + 1));
  }

  boolean isOpen() {
    return !words().isEmpty();
  }

  /** What the open words are in the newest of all that stands in a list. */
  Optional<Map<String, String>> newestIn(String list) {
    var matcher =
        Pattern.compile("(?<!" + OF_A_NAME + ")" + expression() + "(?!" + OF_A_NAME + ")")
            .matcher(list);
    return matcher.results().map(found -> values(found::group)).max(order());
  }

  /** Older builds first, by what the open words are. */
  Comparator<Map<String, String>> order() {
    return Comparator.comparing(
        values -> String.join(" ", words().stream().map(w -> values.getOrDefault(w, "")).toList()),
        NaturalOrder.INSTANCE);
  }

  /** What the open words are when exactly this stands there. */
  Optional<Map<String, String>> read(String address) {
    var matcher = Pattern.compile(expression()).matcher(address);
    return address.length() <= LONGEST && matcher.matches()
        ? Optional.of(values(matcher::group))
        : Optional.empty();
  }

  private Map<String, String> values(Function<String, String> group) {
    var values = new HashMap<String, String>();
    words().forEach(word -> values.put(word, group.apply(word)));
    return values;
  }

  private String expression() {
    var expression = new StringBuilder();
    var seen = new LinkedHashSet<String>();
    var matcher = WORD.matcher(text);
    int from = 0;
    while (matcher.find()) {
      expression.append(Pattern.quote(text.substring(from, matcher.start())));
      var word = matcher.group(1);
      expression.append(seen.add(word) ? "(?<" + word + ">" + VALUE + ")" : "\\k<" + word + ">");
      from = matcher.end();
    }
    return expression.append(Pattern.quote(text.substring(from))).toString();
  }
}
