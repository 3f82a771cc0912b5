package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.config.LxcKeys;
import dev.hearth.stdlib.proxmox.sim.storage.Storages;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The system in a container template. What is in the archive is not kept, so its name has to tell.
 *
 * @param ostype what Proxmox takes it for
 * @param architecture such as {@code amd64}
 * @param bytes how much was unpacked
 */
record OsTemplate(String ostype, String architecture, long bytes) {
  /** What is made of another system. */
  private static final Map<String, String> REBUILDS =
      Map.of("almalinux", "centos", "rockylinux", "centos");

  /** Unpacks a template; dies when there is none. */
  static OsTemplate unpack(World world, String node, String volid, TaskRun task) {
    var id = Storages.split(volid);
    var storage = world.storages().at(node, id.storage());
    var archive = storage.get(id.volname());
    task.log("extracting archive '" + storage.path(id.volname()) + "'");
    long bytes = archive.virtualBytes();
    task.log("Total bytes read: " + bytes + " (" + human(bytes) + ", 100MiB/s)");
    var file = storage.parse(id.volname()).file();
    var architecture = file.contains("arm64") ? "arm64" : file.contains("i386") ? "i386" : "amd64";
    task.log("Detected container architecture: " + architecture);
    return new OsTemplate(ostype(file), architecture, bytes);
  }

  private static String ostype(String file) {
    return Stream.concat(LxcKeys.SYSTEMS.stream(), REBUILDS.keySet().stream())
        .filter(file::startsWith)
        .map(system -> REBUILDS.getOrDefault(system, system))
        .findFirst()
        .orElse("unmanaged");
  }

  /** As tar prints it: rounded up, one decimal below ten. */
  private static String human(long bytes) {
    var units = new String[] {"B", "KiB", "MiB", "GiB"};
    var value = BigDecimal.valueOf(bytes);
    var unit = 0;
    while (value.compareTo(BigDecimal.valueOf(1024)) >= 0 && unit < units.length - 1) {
      value = value.divide(BigDecimal.valueOf(1024));
      unit++;
    }
    var scale = unit > 0 && value.compareTo(BigDecimal.TEN) < 0 ? 1 : 0;
    return value.setScale(scale, RoundingMode.CEILING) + units[unit];
  }
}
