package dev.hearth.runtime.param;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The unit of a number. Sizes and durations convert within their family; any other name is a unit
 * that only equals itself.
 *
 * @param name as declared, such as {@code MiB}
 */
public record Unit(String name) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z%°µ][A-Za-z0-9%/°µ]{0,15}");
  private static final Pattern QUANTITY =
      Pattern.compile("([+-]?[0-9]{1,30}(?:\\.[0-9]{1,30})?)\\s*(\\S+)");

  private enum Family {
    SIZE,
    DURATION
  }

  private record Known(Family family, BigDecimal factor) {}

  private static final Map<String, Known> KNOWN = known();

  private static Map<String, Known> known() {
    var known = new LinkedHashMap<String, Known>();
    known.put("B", new Known(Family.SIZE, BigDecimal.ONE));
    for (int power = 1; power <= 5; power++) {
      var letter = "KMGTP".substring(power - 1, power);
      known.put(letter + "iB", new Known(Family.SIZE, BigDecimal.valueOf(1L << (10 * power))));
      known.put(
          (power == 1 ? "k" : letter) + "B",
          new Known(Family.SIZE, BigDecimal.ONE.movePointRight(3 * power)));
    }
    var seconds = Map.of("s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    known.put("ms", new Known(Family.DURATION, BigDecimal.ONE));
    seconds.forEach(
        (name, millis) -> known.put(name, new Known(Family.DURATION, BigDecimal.valueOf(millis))));
    return known;
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** The known unit that was meant by one written in the wrong case, such as {@code Mib}. */
  static Optional<String> misspelt(String name) {
    return KNOWN.containsKey(name)
        ? Optional.empty()
        : KNOWN.keySet().stream().filter(name::equalsIgnoreCase).findFirst();
  }

  /**
   * Reads a number with a unit, in this unit.
   *
   * @return empty when the text is no number with a unit at all, so that it may still be a number
   * @throws NotThisUnit when its unit is another
   */
  Optional<BigDecimal> read(String text) throws NotThisUnit {
    var quantity = QUANTITY.matcher(text.strip());
    if (!quantity.matches()) {
      return Optional.empty();
    }
    var number = new BigDecimal(quantity.group(1));
    var given = quantity.group(2);
    if (given.equals(name)) {
      return Optional.of(number);
    }
    var from = KNOWN.get(given);
    var to = KNOWN.get(name);
    if (from == null || to == null || from.family() != to.family()) {
      throw new NotThisUnit(examples());
    }
    return Optional.of(number.multiply(from.factor()).divide(to.factor(), MathContext.DECIMAL128));
  }

  /**
   * A size as typed, and what it is in this unit.
   *
   * @param text such as {@code 4GiB}
   */
  record Size(String text, BigDecimal number) {}

  /** The size in powers of two that is written almost like one in powers of ten: 4GiB for 4GB. */
  Optional<Size> inPowersOfTwo(String text) {
    var quantity = QUANTITY.matcher(text.strip());
    if (!quantity.matches() || !quantity.group(2).matches("[kMGTP]B")) {
      return Optional.empty();
    }
    var typed = quantity.group(1) + quantity.group(2).toUpperCase(Locale.ROOT).charAt(0) + "iB";
    try {
      return read(typed).map(number -> new Size(typed, number));
    } catch (NotThisUnit e) {
      return Optional.empty(); // it was refused for that already
    }
  }

  private String examples() {
    var known = KNOWN.get(name);
    if (known == null) {
      return "Write it like `4 " + name + "`, or the number alone.";
    }
    return known.family() == Family.SIZE
        ? "Write it with a unit such as `512MiB`, `2GiB` or `2GB`, or the number of " + name + "."
        : "Write it with a unit such as `500ms`, `30s` or `5m`, or the number of " + name + ".";
  }

  @Override
  public String toString() {
    return name;
  }

  /** The unit of a text cannot be converted; the message says what could. */
  static final class NotThisUnit extends Exception {
    private final String hint;

    NotThisUnit(String hint) {
      super(hint);
      this.hint = hint;
    }

    String hint() {
      return hint;
    }
  }
}
