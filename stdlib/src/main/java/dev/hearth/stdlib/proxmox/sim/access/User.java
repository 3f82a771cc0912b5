package dev.hearth.stdlib.proxmox.sim.access;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One user; mutable, guarded by the world's lock.
 *
 * @param userid {@code name@realm}
 * @param fields {@code enable}, {@code expire}, {@code comment}, {@code email}, {@code firstname},
 *     {@code lastname}, {@code keys}: as Proxmox keeps them, absent when unset
 * @param tokens by name
 */
public record User(String userid, Map<String, String> fields, Map<String, Token> tokens) {
  public User {
    fields = new TreeMap<>(fields);
    tokens = new TreeMap<>(tokens);
  }

  /** A user without anything. */
  public static User named(String userid) {
    return new User(userid, Map.of("enable", "1", "expire", "0"), Map.of());
  }

  public String realm() {
    return userid.substring(userid.lastIndexOf('@') + 1);
  }

  public String name() {
    return userid.substring(0, userid.lastIndexOf('@'));
  }

  /** Whether the user may come in at this time, in seconds since 1970. */
  public boolean isEnabled(long now) {
    return "1".equals(fields.get("enable")) && isOpen(fields.getOrDefault("expire", "0"), now);
  }

  static boolean isOpen(String expire, long now) {
    long end = Long.parseLong(expire);
    return end == 0 || end > now;
  }

  /** A field's value; {@code null} when it was never set. */
  public @Nullable String field(String name) {
    return fields.get(name);
  }
}
