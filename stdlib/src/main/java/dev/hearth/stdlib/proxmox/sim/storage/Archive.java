package dev.hearth.stdlib.proxmox.sim.storage;

import java.util.Map;
import java.util.TreeMap;

/**
 * What is in a backup: enough to make the guest again.
 *
 * @param type {@code qemu} or {@code lxc}
 * @param config the guest's configuration
 * @param system what is known of what is installed on it
 * @param bytes the sizes of its volumes, by the key under which the configuration names them
 */
public record Archive(
    String type, Map<String, String> config, Map<String, String> system, Map<String, Long> bytes) {
  public Archive {
    config = new TreeMap<>(config);
    system = new TreeMap<>(system);
    bytes = new TreeMap<>(bytes);
  }

  /** The configuration as a file, as it lies in the archive. */
  public String text() {
    var text = new StringBuilder();
    config.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
    return text.toString();
  }
}
