package dev.hearth.stdlib.proxmox.sim.rest;

import dev.hearth.stdlib.proxmox.sim.world.Guest;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.regex.Pattern;

/** A guest's figures, read from its configuration. */
public final class ConfiguredFigures implements GuestFigures {
  private static final Pattern SIZE = Pattern.compile("(?:.*,)?size=(\\d+)([KMGT]?)(?:,.*)?");
  private static final Pattern FIRST_IN_ORDER = Pattern.compile("(?:.*,)?order=([a-z]+\\d+).*");
  private static final long MIB = 1024L * 1024;

  private final World world;

  public ConfiguredFigures(World world) {
    this.world = world;
  }

  @Override
  public Figures of(Guest guest) {
    var config = guest.config();
    // a container without a limit has all of its node's processors
    var usual = guest.isContainer() ? String.valueOf(world.node(guest.node()).cpus()) : "1";
    long cores = number(config.getOrDefault("cores", usual));
    long sockets = number(config.getOrDefault("sockets", "1"));
    long memory = number(config.getOrDefault("memory", "512").replaceFirst("^current=", ""));
    boolean isRunning = guest.isRunning();
    long started = Long.parseLong(guest.state().getOrDefault("started", "0"));
    return new Figures(
        guest.isContainer()
            ? config.getOrDefault("hostname", "CT" + guest.vmid())
            : config.getOrDefault("name", "VM " + guest.vmid()),
        isRunning ? "running" : "stopped",
        cores * sockets,
        memory * MIB,
        bootDiskBytes(guest),
        isRunning && started > 0 ? Math.max(0, world.now() - started) : 0,
        "1".equals(config.get("template")));
  }

  private static long bootDiskBytes(Guest guest) {
    var first = FIRST_IN_ORDER.matcher(guest.config().getOrDefault("boot", ""));
    var key = guest.isContainer() ? "rootfs" : first.matches() ? first.group(1) : "";
    var disk = guest.config().get(key);
    var size = SIZE.matcher(disk == null || disk.contains("media=cdrom") ? "" : disk);
    if (!size.matches()) {
      return 0;
    }
    int power = size.group(2).isEmpty() ? 0 : "KMGT".indexOf(size.group(2)) + 1;
    return Long.parseLong(size.group(1)) << (10 * power);
  }

  private static long number(String text) {
    var digits = text.replaceFirst("\\D.*", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }
}
