package dev.hearth.stdlib.proxmox.sim.api;

import dev.hearth.stdlib.proxmox.config.Lists;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of one call, checked against their schemas. */
public final class Params {
  private final Map<String, @Nullable Object> values;

  Params(Map<String, @Nullable Object> values) {
    this.values = new LinkedHashMap<>(values);
  }

  /** Whether it was given. */
  public boolean has(String name) {
    return values.get(name) != null;
  }

  /** A parameter that the schema does not let anybody leave out. */
  public String text(String name) {
    var value = find(name);
    if (value == null) {
      throw new IllegalStateException("The schema should have asked for `" + name + "`.");
    }
    return value;
  }

  /** A parameter's text, or {@code null}; Booleans are {@code 0} and {@code 1}. */
  public @Nullable String find(String name) {
    var value = values.get(name);
    return switch (value) {
      case null -> null;
      case Boolean flag -> flag ? "1" : "0";
      default -> value.toString();
    };
  }

  public String text(String name, String otherwise) {
    var value = find(name);
    return value == null ? otherwise : value;
  }

  public int integer(String name) {
    return Integer.parseInt(text(name));
  }

  public long integer(String name, long otherwise) {
    var value = find(name);
    return value == null ? otherwise : Long.parseLong(value);
  }

  /** Whether a boolean parameter was given and is true. */
  public boolean flag(String name) {
    return "1".equals(find(name));
  }

  /** A boolean parameter, or what it is when it was not given. */
  public boolean flag(String name, boolean otherwise) {
    var value = find(name);
    return value == null ? otherwise : value.equals("1");
  }

  /** The items of an array, or of a list in one string, such as {@code delete=net0,scsi1}. */
  public List<String> list(String name) {
    return values.get(name) instanceof List<?> ? array(name) : Lists.split(text(name, ""));
  }

  /** The items of an array parameter; empty when it was not given. */
  public List<String> array(String name) {
    var items = new ArrayList<String>();
    if (values.get(name) instanceof List<?> list) {
      list.forEach(item -> items.add(String.valueOf(item)));
    }
    return items;
  }

  /** All that were given, in the order in which they came; values are texts, lists and Booleans. */
  public Map<String, @Nullable Object> all() {
    return Collections.unmodifiableMap(values);
  }

  /** The text of a value from {@link #all}. */
  public static String textOf(Object value) {
    return value instanceof Boolean flag ? (flag ? "1" : "0") : value.toString();
  }
}
