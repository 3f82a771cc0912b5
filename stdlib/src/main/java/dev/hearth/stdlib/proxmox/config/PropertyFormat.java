package dev.hearth.stdlib.proxmox.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The declared keys of one property string, such as {@code virtio,bridge=vmbr0,tag=50}.
 *
 * <p>One key may be the first: its value may stand bare at any place. An alias stands for another
 * key; a key alias also gives its own name to a third one, as {@code virtio=MAC} means {@code
 * model=virtio,macaddr=MAC}.
 */
public final class PropertyFormat implements ValueFormat {

  /**
   * One key.
   *
   * @param type what it may hold; absent for an alias
   * @param optional whether it may be absent
   * @param requires the key that must be present with it
   * @param alias the key it stands for
   * @param keyAlias the key that receives the alias's own name
   */
  public record Property(
      @Nullable ValueType type,
      boolean optional,
      @Nullable String requires,
      @Nullable String alias,
      @Nullable String keyAlias) {

    private Property require(String other) {
      return new Property(type, optional, other, alias, keyAlias);
    }
  }

  /** A further rule over the whole, once every single value is right; empty when it holds. */
  public interface Rule {
    Optional<String> problem(Map<String, String> values);
  }

  private final String name;
  private final Map<String, Property> properties;
  private final @Nullable String first;
  private final List<Rule> rules;

  private PropertyFormat(
      String name, Map<String, Property> properties, @Nullable String first, List<Rule> rules) {
    this.name = name;
    this.properties = properties;
    this.first = first;
    this.rules = rules;
  }

  /** A format without keys, to be filled by the methods below. */
  public static PropertyFormat named(String name) {
    return new PropertyFormat(name, Map.of(), null, List.of());
  }

  /** Adds the key whose value may stand bare, and which must be there. */
  public PropertyFormat first(String key, ValueType type) {
    return with(key, new Property(type, false, null, null, null), key);
  }

  /** Adds the key whose value may stand bare, and which may be absent. */
  public PropertyFormat optionalFirst(String key, ValueType type) {
    return with(key, new Property(type, true, null, null, null), key);
  }

  /** Adds a key that must be there. */
  public PropertyFormat required(String key, ValueType type) {
    return with(key, new Property(type, false, null, null, null), first);
  }

  /** Adds a key that may be absent. */
  public PropertyFormat optional(String key, ValueType type) {
    return with(key, new Property(type, true, null, null, null), first);
  }

  /** Adds keys of one type that may be absent. */
  public PropertyFormat optional(List<String> keys, ValueType type) {
    var format = this;
    for (var key : keys) {
      format = format.optional(key, type);
    }
    return format;
  }

  /** Adds another name of {@code key}. */
  public PropertyFormat alias(String other, String key) {
    return with(other, new Property(null, true, null, key, null), first);
  }

  /** Adds a name that gives its value to {@code key} and itself to {@code naming}. */
  public PropertyFormat alias(String other, String key, String naming) {
    return with(other, new Property(null, true, null, key, naming), first);
  }

  /** Says that {@code key} may only be given together with {@code other}. */
  public PropertyFormat requires(String key, String other) {
    var property = properties.get(key);
    if (property == null) {
      throw new IllegalArgumentException(name + " has no key " + key);
    }
    return with(key, property.require(other), first);
  }

  /** Leaves keys out again. */
  public PropertyFormat without(String... keys) {
    var fewer = new LinkedHashMap<>(properties);
    for (var key : keys) {
      fewer.remove(key);
    }
    return new PropertyFormat(name, fewer, first, rules);
  }

  /** Adds a rule over all values; Proxmox's text ends in a line feed. */
  public PropertyFormat rule(Rule rule) {
    var more = new java.util.ArrayList<>(rules);
    more.add(rule);
    return new PropertyFormat(name, properties, first, more);
  }

  private PropertyFormat with(String key, Property property, @Nullable String bare) {
    var more = new LinkedHashMap<>(properties);
    more.put(key, property);
    return new PropertyFormat(name, more, bare, rules);
  }

  @Override
  public String name() {
    return name;
  }

  /** The keys in the order in which they were declared. */
  public Map<String, Property> properties() {
    return Collections.unmodifiableMap(properties);
  }

  /** The key whose value may stand bare. */
  public Optional<String> first() {
    return Optional.ofNullable(first);
  }

  /** Whether the value of this key may stand bare. */
  public boolean isFirst(String key) {
    return key.equals(first);
  }

  @Override
  public Optional<String> problem(String value, String path) {
    var read = PropertyReader.read(this, value);
    if (read.problem() != null) {
      return Optional.of(read.problem() + "\n");
    }
    var problems = new TreeMap<String, String>();
    properties.forEach((key, property) -> check(key, property, read.values(), path, problems));
    for (var key : read.values().keySet()) {
      if (!properties.containsKey(key)) {
        problems.put(
            path + "." + key,
            "property is not defined in schema and the schema does not allow additional"
                + " properties");
      }
    }
    if (!problems.isEmpty()) {
      var text = new StringBuilder("format error\n");
      problems.forEach((at, what) -> text.append(at).append(": ").append(what).append('\n'));
      return Optional.of(text.toString());
    }
    return rules.stream().flatMap(rule -> rule.problem(read.values()).stream()).findFirst();
  }

  private static void check(
      String key,
      Property property,
      Map<String, String> values,
      String path,
      Map<String, String> problems) {
    if (property.type() == null) {
      return;
    }
    var at = path + "." + key;
    var value = values.get(key);
    if (value == null) {
      if (!property.optional()) {
        problems.putIfAbsent(at, "property is missing and it is not optional");
      }
      return;
    }
    property.type().problem(value, at).ifPresent(problem -> problems.put(at, problem));
    if (property.requires() != null && !values.containsKey(property.requires())) {
      problems.putIfAbsent(
          path + "." + property.requires(),
          "missing property - '" + at + "' requires this property");
    }
  }

  /**
   * The values in {@code text}.
   *
   * @throws dev.hearth.runtime.HearthException {@code proxmox.property-string-malformed}
   */
  public PropertyString parse(String text) {
    return PropertyString.of(this, text);
  }
}
