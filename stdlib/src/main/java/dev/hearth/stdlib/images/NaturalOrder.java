package dev.hearth.stdlib.images;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Pattern;

/** The order of versions: digits count as a number, so that 3.22.10 comes after 3.22.9. */
enum NaturalOrder implements Comparator<String> {
  INSTANCE;

  private static final Pattern BORDER =
      Pattern.compile("(?<=[0-9])(?=[^0-9])|(?<=[^0-9])(?=[0-9])");

  @Override
  public int compare(String a, String b) {
    var left = BORDER.split(a, -1);
    var right = BORDER.split(b, -1);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int difference = part(left[i], right[i]);
      if (difference != 0) {
        return difference;
      }
    }
    return Integer.compare(left.length, right.length);
  }

  private static int part(String a, String b) {
    return isNumber(a) && isNumber(b)
        ? new BigInteger(a).compareTo(new BigInteger(b))
        : a.compareTo(b);
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9';
  }
}
