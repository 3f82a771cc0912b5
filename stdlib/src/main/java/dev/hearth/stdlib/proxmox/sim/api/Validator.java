package dev.hearth.stdlib.proxmox.sim.api;

import dev.hearth.stdlib.proxmox.config.ValueType;
import dev.hearth.stdlib.proxmox.config.ValueType.Kind;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks parameters against their declarations as Proxmox does, in its words, and collects all that
 * is wrong. Values are strings, Booleans, lists and maps; a value that is there but {@code null}
 * counts as missing.
 */
final class Validator {
  private final Map<String, String> errors = new LinkedHashMap<>();

  private Validator() {}

  /** Refuses with all errors at once unless these parameters are good. */
  static void check(Map<String, Param> declared, Map<String, @Nullable Object> values) {
    var validator = new Validator();
    declared.forEach((name, param) -> validator.param(name, param, values.get(name)));
    values.keySet().forEach(name -> validator.given(name, declared.get(name), values));
    if (!validator.errors.isEmpty()) {
      throw Refusal.parameters(validator.errors);
    }
  }

  private void given(String name, @Nullable Param param, Map<String, @Nullable Object> values) {
    if (param == null) {
      error(
          name,
          "property is not defined in schema and the schema does not allow additional properties");
      return;
    }
    var other = param.requires();
    if (other != null && values.get(other) == null) {
      error(other, "missing property - '" + name + "' requires this property");
    }
  }

  private void param(String name, Param param, @Nullable Object value) {
    if (value == null) {
      if (!param.isOptional()) {
        error(name, "property is missing and it is not optional");
      }
    } else if (!param.isList()) {
      value(name, param.type(), value);
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        var item = list.get(i);
        if (item != null) {
          value(name + "[" + i + "]", param.type(), item);
        }
      }
    } else {
      error(name, "type check ('array') failed");
    }
  }

  private void value(String path, ValueType type, Object value) {
    if (value instanceof String text) {
      type.problem(text, path).ifPresent(problem -> error(path, problem));
    } else if (!(value instanceof Boolean && type.kind() == Kind.BOOLEAN)) {
      error(path, "type check ('" + type.kind().word() + "') failed - got " + perlClass(value));
    }
  }

  /** How Perl names what is no plain text. */
  private static String perlClass(Object value) {
    return switch (value) {
      case List<?> _ -> "ARRAY";
      case Map<?, ?> _ -> "HASH";
      default -> "JSON::PP::Boolean";
    };
  }

  /** Notes an error; a second one at the same place is joined as Proxmox joins them. */
  private void error(String path, String message) {
    errors.merge(path, message, (first, second) -> first + "\\n" + second);
  }
}
