package dev.hearth.stdlib.proxmox.config;

import dev.hearth.runtime.HearthException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values of one property string, aliases resolved. Immutable.
 *
 * <p>{@link #toString} writes it as Proxmox does: the key alias or the first key at the front, then
 * the keys that must be there, then all others, each in alphabetical order.
 */
public final class PropertyString {
  private final PropertyFormat format;
  private final Map<String, String> values;

  private PropertyString(PropertyFormat format, Map<String, String> values) {
    this.format = format;
    this.values = values;
  }

  static PropertyString of(PropertyFormat format, String text) {
    var read = PropertyReader.read(format, text);
    if (read.problem() != null) {
      throw new HearthException(ConfigError.PROPERTY_STRING_MALFORMED, text, read.problem());
    }
    return new PropertyString(format, read.values());
  }

  /** The value of a key, or what is assumed when it is absent. */
  public Optional<String> get(String key) {
    return Optional.ofNullable(values.getOrDefault(key, fallback(key)));
  }

  /** The value that was written; nothing is assumed. */
  public Optional<String> written(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** Whether a boolean is 1, written or assumed. */
  public boolean on(String key) {
    return get(key).filter("1"::equals).isPresent();
  }

  /** What was written, in the order in which it was written. */
  public Map<String, String> values() {
    return Collections.unmodifiableMap(values);
  }

  /** The same with one value set. */
  public PropertyString with(String key, String value) {
    var more = new LinkedHashMap<>(values);
    more.put(key, value);
    return new PropertyString(format, more);
  }

  /** The same without these keys. */
  public PropertyString without(String... keys) {
    var fewer = new LinkedHashMap<>(values);
    for (var key : keys) {
      fewer.remove(key);
    }
    return new PropertyString(format, fewer);
  }

  /** Whether both mean the same, defaults and number forms included, apart from some keys. */
  public boolean sameAs(PropertyString other, Set<String> apartFrom) {
    for (var entry : format.properties().entrySet()) {
      var type = entry.getValue().type();
      if (type == null || apartFrom.contains(entry.getKey())) {
        continue;
      }
      var mine = get(entry.getKey()).orElse(null);
      var theirs = other.get(entry.getKey()).orElse(null);
      if (!Values.same(type, mine, theirs)) {
        return false;
      }
    }
    return true;
  }

  /** Whether all that is written is what would be assumed anyway. */
  boolean isDefault() {
    return values.keySet().stream().allMatch(this::isDefault);
  }

  private boolean isDefault(String key) {
    var property = format.properties().get(key);
    var assumed = fallback(key);
    return property != null
        && property.type() != null
        && assumed != null
        && Values.same(property.type(), assumed, values.get(key));
  }

  private @Nullable String fallback(String key) {
    var property = format.properties().get(key);
    return property == null || property.type() == null ? null : property.type().fallback();
  }

  @Override
  public String toString() {
    var rest = new TreeMap<>(values);
    var text = new StringBuilder();
    format
        .first()
        .ifPresent(
            first -> {
              var head = rest.remove(first);
              if (head != null) {
                text.append(head);
                var named = format.properties().get(head);
                if (named != null && Objects.equals(named.keyAlias(), first)) {
                  var value = rest.remove(Objects.requireNonNull(named.alias()));
                  if (value != null) {
                    text.append('=').append(value);
                  }
                }
              }
            });
    var required = new TreeMap<>(rest);
    required.keySet().removeIf(key -> !isRequired(key));
    rest.keySet().removeAll(required.keySet());
    required.forEach((key, value) -> append(text, key, value));
    rest.forEach((key, value) -> append(text, key, value));
    return text.toString();
  }

  private boolean isRequired(String key) {
    var property = format.properties().get(key);
    return property != null && property.type() != null && !property.optional();
  }

  private static void append(StringBuilder text, String key, String value) {
    text.append(text.isEmpty() ? "" : ",").append(key).append('=').append(value);
  }
}
