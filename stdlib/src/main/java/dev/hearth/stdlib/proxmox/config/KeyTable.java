package dev.hearth.stdlib.proxmox.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Configuration keys by name; families of them once and with {@code [n]}. */
public final class KeyTable {
  private static final Pattern NUMBERED = Pattern.compile("(.*?[a-z])(0|[1-9]\\d{0,3})");

  private final Map<String, ConfigKey> keys;

  KeyTable(List<ConfigKey> all) {
    var byName = new LinkedHashMap<String, ConfigKey>();
    // numa is a switch and numa[n] a family, so a family is kept under its own name
    all.forEach(key -> byName.put(key.count() == 0 ? key.name() : key.name() + "[n]", key));
    keys = Collections.unmodifiableMap(byName);
  }

  /** What {@code key} may hold; empty when there is no such key. */
  public Optional<ConfigKey> find(String key) {
    var exact = keys.get(key);
    if (exact != null && exact.count() == 0) {
      return Optional.of(exact);
    }
    var matcher = NUMBERED.matcher(key);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(keys.get(matcher.group(1) + "[n]"))
        .filter(family -> Integer.parseInt(matcher.group(2)) < family.count());
  }

  /** All keys, as the API schema lists them. */
  public Map<String, ConfigKey> all() {
    return keys;
  }
}
