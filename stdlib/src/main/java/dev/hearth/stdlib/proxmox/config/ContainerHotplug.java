package dev.hearth.stdlib.proxmox.config;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a running container takes at once. */
final class ContainerHotplug implements Hotplug {
  private static final Set<String> AT_ONCE =
      Set.of(
          "description",
          "onboot",
          "startup",
          "protection",
          "hostname",
          "hookscript",
          "cores",
          "tags",
          "lock",
          "memory",
          "swap",
          "cpulimit",
          "cpuunits");

  private final Map<String, String> config;

  ContainerHotplug(Map<String, String> config) {
    this.config = config;
  }

  @Override
  public boolean isAtOnce(String key, @Nullable String value) {
    return AT_ONCE.contains(key)
        || key.matches("net\\d+")
        || (value == null ? key.matches("unused\\d+") : isNewMount(key));
  }

  /** A new mount point can be mounted at once; one that is mounted stays as it is. */
  private boolean isNewMount(String key) {
    return key.matches("mp\\d+") && !config.containsKey(key);
  }
}
