package dev.hearth.stdlib.proxmox.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a running guest takes at once, by Proxmox's own rules. All else is kept as pending and holds
 * from the next start on.
 */
public interface Hotplug {
  /** What {@code hotplug=1} stands for, and no {@code hotplug} at all. */
  String USUAL = "network,disk,usb";

  /**
   * Whether a change takes effect while the guest runs.
   *
   * @param value what the key is to hold; null when it is to be removed
   */
  boolean isAtOnce(String key, @Nullable String value);

  /**
   * The rules for a VM.
   *
   * @param config what it runs with
   */
  static Hotplug ofVm(Map<String, String> config, KeyTable keys) {
    return new VmHotplug(config, keys);
  }

  /**
   * The rules for a container.
   *
   * @param config what it runs with
   */
  static Hotplug ofContainer(Map<String, String> config) {
    return new ContainerHotplug(config);
  }
}
