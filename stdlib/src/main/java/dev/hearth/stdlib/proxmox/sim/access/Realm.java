package dev.hearth.stdlib.proxmox.sim.access;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where users come from; mutable, guarded by the world's lock.
 *
 * @param type {@code pam}, {@code pve}, {@code ldap}, {@code ad} or {@code openid}
 * @param properties what {@code domains.cfg} says of it, such as {@code comment}
 */
public record Realm(String type, Map<String, String> properties) {
  public Realm {
    properties = new LinkedHashMap<>(properties);
  }

  /** One of the two realms that are always there, as it is before anybody describes it. */
  static Realm builtIn(String name) {
    return new Realm(
        name,
        Map.of(
            "comment",
            name.equals("pam")
                ? "Linux PAM standard authentication"
                : "Proxmox VE authentication server"));
  }

  public @Nullable String comment() {
    return properties.get("comment");
  }

  /** Whether users of it are kept elsewhere and can be fetched from there. */
  public boolean isDirectory() {
    return type.equals("ldap") || type.equals("ad");
  }
}
