package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.sim.ha.HaResources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a container is doing: the numbers of lists and of {@code status/current}. */
final class ContainerStatus {
  private static final long MEBIBYTE = 1L << 20;

  /** What an init and a shell take. */
  private static final long RUNNING_BYTES = 940L << 10;

  private final Container ct;

  ContainerStatus(Container ct) {
    this.ct = ct;
  }

  /** One line of the node's list of containers. */
  Map<String, Object> listed() {
    var status = new LinkedHashMap<String, Object>();
    status.put("vmid", ct.vmid());
    status.put("type", "lxc");
    status.put("name", ct.config().getOrDefault("hostname", "CT" + ct.vmid()));
    status.put("status", ct.isRunning() ? "running" : "stopped");
    status.put("cpus", cpus());
    status.put("cpu", 0);
    status.put("mem", ct.isRunning() ? RUNNING_BYTES : 0);
    status.put("maxmem", number("memory") * MEBIBYTE);
    status.put("swap", 0);
    status.put("maxswap", number("swap") * MEBIBYTE);
    putDisk(status);
    for (var counter : List.of("netin", "netout", "diskread", "diskwrite")) {
      status.put(counter, 0);
    }
    status.put("uptime", uptime());
    if (ct.isRunning()) {
      status.put("pid", Long.parseLong(ct.state().getOrDefault("pid", "0")));
    }
    if (ct.isTemplate()) {
      status.put("template", 1);
    }
    for (var key : List.of("tags", "lock")) {
      var value = ct.get(key);
      if (value != null) {
        status.put(key, value);
      }
    }
    return status;
  }

  /** The answer of {@code status/current}. */
  Map<String, Object> current() {
    var status = listed();
    status.put("ha", HaResources.status(ct.world(), ct.guest()));
    return status;
  }

  /** One that runs sees its file system; of one that does not, the configuration tells the size. */
  private void putDisk(Map<String, Object> status) {
    var root = ct.mountPoints().stream().filter(m -> m.key().equals(MountPoint.ROOT)).findFirst();
    long bytes = root.map(MountPoint::bytes).orElse(0L);
    boolean isRunning = ct.isRunning();
    status.put("maxdisk", isRunning ? new Ext4(bytes).usableBytes() : bytes);
    status.put("disk", isRunning ? Long.parseLong(ct.state().getOrDefault("used", "0")) : 0);
  }

  private long number(String key) {
    return Long.parseLong(ct.config().getOrDefault(key, "512"));
  }

  private long cpus() {
    var cores = ct.get("cores");
    return cores == null ? ct.world().node(ct.node()).cpus() : Long.parseLong(cores);
  }

  private long uptime() {
    var started = Long.parseLong(ct.state().getOrDefault("started", "0"));
    return ct.isRunning() ? Math.max(0, ct.world().now() - started) : 0;
  }
}
