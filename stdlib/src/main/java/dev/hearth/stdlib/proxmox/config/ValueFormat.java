package dev.hearth.stdlib.proxmox.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * A named rule for text that a type and a pattern cannot express, such as {@code dns-name}.
 *
 * <p>A problem is told in Proxmox's own words, which end in a line feed.
 */
public interface ValueFormat {
  /** The name in the API schema, such as {@code pve-vmid}. */
  String name();

  /**
   * What is wrong with {@code value}, as Proxmox says it after {@code invalid format - }.
   *
   * @param path where the value stands, such as {@code net0} or {@code net0.bridge}
   */
  Optional<String> problem(String value, String path);

  /** A format of one rule that needs no path. */
  static ValueFormat of(String name, Function<String, Optional<String>> rule) {
    return new ValueFormat() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Optional<String> problem(String value, String path) {
        return rule.apply(value);
      }
    };
  }

  /** The format of a list of such values, separated by comma, semicolon or white space. */
  default ValueFormat list() {
    return of(
        name() + "-list",
        value -> {
          for (var part : Lists.split(value)) {
            var problem = problem(part, "");
            if (problem.isPresent()) {
              return problem;
            }
          }
          return Optional.empty();
        });
  }
}
