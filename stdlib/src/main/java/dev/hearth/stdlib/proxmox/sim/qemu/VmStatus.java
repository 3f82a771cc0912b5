package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.config.PropertyFormat;
import dev.hearth.stdlib.proxmox.config.PropertyString;
import dev.hearth.stdlib.proxmox.config.QemuKeys;
import dev.hearth.stdlib.proxmox.sim.ha.HaResources;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a VM is doing: the numbers of lists and of {@code status/current}. */
public final class VmStatus {
  private static final long MEBIBYTE = 1L << 20;
  private static final String DEFAULT_MEMORY = "512";

  /** What a guest takes at least when it runs: QEMU itself. */
  private static final long RUNNING_BYTES = 10 * MEBIBYTE;

  private final Vm vm;

  VmStatus(Vm vm) {
    this.vm = vm;
  }

  /** A property string of the configuration, read by its key's own format. */
  static Optional<PropertyString> properties(Map<String, String> config, String key) {
    var value = config.get(key);
    var type = QemuKeys.ofVersion(9).find(key).orElseThrow().type();
    return value == null || value.isBlank() || !(type.format() instanceof PropertyFormat format)
        ? Optional.empty()
        : Optional.of(format.parse(value));
  }

  static long memoryMebibytes(Map<String, String> config) {
    return Long.parseLong(
        properties(config, "memory").flatMap(m -> m.get("current")).orElse(DEFAULT_MEMORY));
  }

  /** Whether the configuration gives the guest a channel for its agent. */
  static boolean hasAgent(Map<String, String> config) {
    return properties(config, "agent").filter(agent -> agent.on("enabled")).isPresent();
  }

  /** One line of the node's list of VMs. */
  Map<String, Object> listed() {
    var status = new LinkedHashMap<String, Object>();
    var config = vm.config();
    status.put("vmid", vm.vmid());
    status.put("name", config.getOrDefault("name", "VM " + vm.vmid()));
    status.put("status", vm.isRunning() ? "running" : "stopped");
    status.put("cpus", cpus());
    status.put("cpu", 0);
    status.put("mem", memory());
    status.put("maxmem", memoryMebibytes(config) * MEBIBYTE);
    status.put("disk", 0);
    status.put("maxdisk", bootDiskBytes(config));
    status.put("netin", 0);
    status.put("netout", 0);
    status.put("uptime", uptime());
    if (vm.isRunning()) {
      status.put("pid", Long.parseLong(vm.state().getOrDefault("pid", "0")));
    }
    if (vm.isTemplate()) {
      status.put("template", 1);
    }
    copy("tags", status);
    copy("lock", status);
    if (config.keySet().stream().anyMatch(key -> key.matches("serial\\d+"))) {
      status.put("serial", 1);
    }
    putBalloon(status);
    return status;
  }

  /** The list's line with what QEMU itself says. */
  Map<String, Object> full() {
    var status = listed();
    status.put(
        "qmpstatus", vm.isRunning() ? vm.state().getOrDefault("qmpstatus", "running") : "stopped");
    return status;
  }

  /** The answer of {@code status/current}. */
  Map<String, Object> current() {
    var status = full();
    status.put("ha", HaResources.status(vm.world(), vm.guest()));
    properties(vm.config(), "vga")
        .ifPresent(
            vga -> {
              if (vga.get("type").orElse("std").startsWith("qxl")) {
                status.put("spice", 1);
              }
              status.put("clipboard", vga.get("clipboard").orElse(null));
            });
    if (hasAgent(vm.config())) {
      status.put("agent", 1);
    }
    return status;
  }

  private void copy(String key, Map<String, Object> status) {
    var value = vm.get(key);
    if (value != null) {
      status.put(key, value);
    }
  }

  private void putBalloon(Map<String, Object> status) {
    var balloon = vm.config().getOrDefault("balloon", "0");
    if (!balloon.equals("0")) {
      status.put("balloon_min", Long.parseLong(balloon) * MEBIBYTE);
      status.put("shares", Long.parseLong(vm.config().getOrDefault("shares", "1000")));
    }
  }

  private long cpus() {
    var config = vm.config();
    var vcpus = config.get("vcpus");
    if (vcpus != null) {
      return Long.parseLong(vcpus);
    }
    var wanted =
        Long.parseLong(config.getOrDefault("sockets", "1"))
            * Long.parseLong(config.getOrDefault("cores", "1"));
    return Math.min(wanted, vm.world().node(vm.node()).cpus());
  }

  private long memory() {
    return vm.isRunning() ? Math.min(RUNNING_BYTES, memoryMebibytes(vm.config()) * MEBIBYTE) : 0;
  }

  private long uptime() {
    if (!vm.isRunning()) {
      return 0;
    }
    var started = Long.parseLong(vm.state().getOrDefault("started", "0"));
    return Math.max(0, vm.world().now() - started);
  }

  /** The size of the first disk that the VM boots from. */
  static long bootDiskBytes(Map<String, String> config) {
    for (var key : bootDisks(config)) {
      var value = config.get(key);
      if (value != null && dev.hearth.stdlib.proxmox.config.DriveKeys.isBootable(key)) {
        var drive = Drive.parse(key, value);
        if (!drive.isCdrom()) {
          return drive.bytes();
        }
      }
    }
    return 0;
  }

  private static java.util.List<String> bootDisks(Map<String, String> config) {
    var boot = properties(config, "boot");
    var order = boot.flatMap(b -> b.get("order"));
    if (order.isPresent()) {
      return Lists.split(order.get());
    }
    var old = config.get("bootdisk");
    return old == null ? java.util.List.of() : java.util.List.of(old);
  }
}
