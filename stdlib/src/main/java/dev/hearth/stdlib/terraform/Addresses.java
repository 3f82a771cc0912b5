package dev.hearth.stdlib.terraform;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses of resources as words of a command: none of them is an option. */
final class Addresses {
  private static final Pattern ADDRESS = Pattern.compile("[^-\\s\\p{Cntrl}][^\\p{Cntrl}]*");

  private Addresses() {}

  static String usable(String address) {
    if (!ADDRESS.matcher(address).matches()) {
      throw new HearthException(
          TerraformError.OPTION_VALUE,
          "`" + VisibleText.of(address) + "`",
          "it is no address of a resource");
    }
    return address;
  }

  /** Adds each with an option before it. */
  static void add(String option, @Nullable List<String> addresses, List<String> words) {
    for (var address : addresses == null ? List.<String>of() : addresses) {
      words.add(option + usable(address));
    }
  }
}
