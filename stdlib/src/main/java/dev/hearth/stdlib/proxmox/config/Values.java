package dev.hearth.stdlib.proxmox.config;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether two texts mean the same value of one type. */
final class Values {
  private Values() {}

  static boolean same(ValueType type, @Nullable String one, @Nullable String other) {
    if (Objects.equals(one, other)) {
      return true;
    }
    return switch (type.kind()) {
      case BOOLEAN -> on(one) == on(other);
      case INTEGER, NUMBER ->
          one != null
              && other != null
              && type.problem(one, "").isEmpty()
              && type.problem(other, "").isEmpty()
              && new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
      case STRING -> false;
    };
  }

  /** An absent boolean without a default is off. */
  private static boolean on(@Nullable String value) {
    return "1".equals(value);
  }
}
