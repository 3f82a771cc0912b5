package dev.hearth.stdlib.proxmox.sim.api;

import dev.hearth.stdlib.proxmox.config.PropertyFormat;
import dev.hearth.stdlib.proxmox.config.PropertyFormat.Property;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.config.ValueType;
import dev.hearth.stdlib.proxmox.config.ValueType.Kind;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One declared parameter of an API method.
 *
 * @param type what it may hold; for a list, what each item may hold
 * @param isOptional whether it may be left out
 * @param isList whether it may come several times
 * @param requires another parameter that must be there if this one is
 */
public record Param(ValueType type, boolean isOptional, boolean isList, @Nullable String requires) {

  /** A parameter that must be there. */
  public static Param of(ValueType type) {
    return new Param(type, false, false, null);
  }

  /** A parameter that may be left out. */
  public static Param optional(ValueType type) {
    return new Param(type, true, false, null);
  }

  /** A parameter that may come several times, or not at all; a lone value is a list of one. */
  public static Param list(ValueType items) {
    return new Param(items, true, true, null);
  }

  /** The same, but another one must be there with it. */
  public Param requires(String other) {
    return new Param(type, isOptional, isList, other);
  }

  /** The same, but it may be left out. */
  public Param asOptional() {
    return new Param(type, true, isList, requires);
  }

  /** The declaration as Proxmox's API viewer has it. */
  Map<String, Object> export() {
    var json = new LinkedHashMap<String, Object>();
    json.put("type", isList ? "array" : type.kind().word());
    if (isOptional) {
      json.put("optional", 1);
    }
    put(json, "requires", requires);
    if (isList) {
      var items = new LinkedHashMap<String, Object>();
      items.put("type", type.kind().word());
      describe(items, type);
      json.put("items", items);
    } else {
      describe(json, type);
    }
    return json;
  }

  private static void describe(Map<String, Object> json, ValueType type) {
    put(json, "format", exported(type.format()));
    put(json, "pattern", type.pattern());
    put(json, "minLength", type.minLength());
    put(json, "maxLength", type.maxLength());
    put(json, "minimum", plain(type.minimum()));
    put(json, "maximum", plain(type.maximum()));
    put(json, "enum", type.choices().isEmpty() ? null : type.choices());
    var fallback = type.fallback();
    boolean isNumber = type.kind() == Kind.INTEGER || type.kind() == Kind.BOOLEAN;
    put(json, "default", fallback != null && isNumber ? (Object) Long.valueOf(fallback) : fallback);
  }

  /** A format by its name; of a property string its options are told, each like a parameter. */
  private static @Nullable Object exported(@Nullable ValueFormat format) {
    if (!(format instanceof PropertyFormat options)) {
      return format == null ? null : format.name();
    }
    var json = new LinkedHashMap<String, Object>();
    options
        .properties()
        .forEach((name, option) -> json.put(name, option(option, options.isFirst(name))));
    return json;
  }

  private static Map<String, Object> option(Property option, boolean mayStandBare) {
    var json = new LinkedHashMap<String, Object>();
    put(json, "alias", option.alias());
    put(json, "keyAlias", option.keyAlias());
    var type = option.type();
    if (type != null) {
      json.put("type", type.kind().word());
      put(json, "default_key", mayStandBare ? 1 : null);
      put(json, "optional", option.optional() ? 1 : null);
      put(json, "requires", option.requires());
      describe(json, type);
    }
    return json;
  }

  /** Whole numbers stay whole. */
  private static @Nullable Object plain(@Nullable BigDecimal number) {
    if (number == null) {
      return null;
    }
    boolean isWhole = number.stripTrailingZeros().scale() <= 0;
    return isWhole ? (Object) number.longValueExact() : number;
  }

  private static void put(Map<String, Object> json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
