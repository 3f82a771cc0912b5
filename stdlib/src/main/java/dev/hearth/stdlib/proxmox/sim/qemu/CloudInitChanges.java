package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.CloudInitKeys;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a running VM's cloud-init drive does not say yet: the values it was generated from, for each
 * key that changed since. They are kept beside the state of the VM.
 */
final class CloudInitChanges {
  private static final String PREFIX = "cloudinit.";
  private static final String ADDED = "\0added";

  private CloudInitChanges() {}

  private static boolean concerns(String key) {
    return CloudInitKeys.contain(key) || key.equals("name");
  }

  /** Notes that a value changed under a VM that runs with a cloud-init drive. */
  static void remember(Vm vm, String key, @Nullable String before, @Nullable String after) {
    var hasDrive = vm.drives().stream().anyMatch(Drive::isCloudInit);
    if (!hasDrive || !concerns(key) || java.util.Objects.equals(before, after)) {
      return;
    }
    vm.state().putIfAbsent(PREFIX + key, before == null ? ADDED : before);
  }

  /** The drive was generated anew and says all. */
  static void forget(Vm vm) {
    vm.state().keySet().removeIf(key -> key.startsWith(PREFIX));
  }

  static boolean isAdded(Vm vm, String key) {
    return ADDED.equals(vm.state().get(PREFIX + key));
  }

  /** The value on the drive, where it is not the configured one. */
  static @Nullable String old(Vm vm, String key) {
    var value = vm.state().get(PREFIX + key);
    return ADDED.equals(value) ? null : value;
  }

  /** All keys with a value on the drive that is not the configured one. */
  static Map<String, String> all(Vm vm) {
    var all = new java.util.TreeMap<String, String>();
    vm.state()
        .forEach(
            (key, value) -> {
              if (key.startsWith(PREFIX) && !value.equals(ADDED)) {
                all.put(key.substring(PREFIX.length()), value);
              }
            });
    return all;
  }
}
