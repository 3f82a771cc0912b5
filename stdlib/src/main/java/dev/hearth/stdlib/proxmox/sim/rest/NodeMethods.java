package dev.hearth.stdlib.proxmox.sim.rest;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Lines;
import java.util.List;
import java.util.Map;

/** {@code /nodes}: the list, one node's status, time, version and capabilities. */
public final class NodeMethods {
  private static final Map<String, String> MACHINE_CHANGES =
      Map.of(
          "4.1+pve1", "Introduction of pveX versioning, no changes.",
          "4.1+pve2", "Increases the number of SCSI drives supported.");

  private final Resources resources;

  public NodeMethods(Resources resources) {
    this.resources = resources;
  }

  public List<ApiMethod> all() {
    return List.of(
        ApiMethod.get("/nodes").name("index").allow(Check.anyUser()).answers(this::list),
        onNode("/nodes/{node}", "index")
            .answers(
                call ->
                    Directories.named(
                        "aplinfo",
                        "apt",
                        "capabilities",
                        "certificates",
                        "config",
                        "disks",
                        "dns",
                        "firewall",
                        "hardware",
                        "hosts",
                        "journal",
                        "lxc",
                        "netstat",
                        "network",
                        "qemu",
                        "query-url-metadata",
                        "replication",
                        "report",
                        "rrd",
                        "rrddata",
                        "scan",
                        "sdn",
                        "services",
                        "startall",
                        "status",
                        "stopall",
                        "storage",
                        "subscription",
                        "syslog",
                        "tasks",
                        "time",
                        "version",
                        "vncshell",
                        "vzdump")),
        onNode("/nodes/{node}/version", "version").answers(call -> VersionMethods.of(call.world())),
        ApiMethod.get("/nodes/{node}/status")
            .name("status")
            .allow(Check.perm("/nodes/{node}", "Sys.Audit"))
            .param("node", Standard.NODE)
            .answers(NodeMethods::status),
        onNode("/nodes/{node}/capabilities", "index").answers(call -> Directories.named("qemu")),
        onNode("/nodes/{node}/capabilities/qemu", "qemu_caps_index")
            .answers(call -> Directories.named("cpu", "machines")),
        onNode("/nodes/{node}/capabilities/qemu/cpu", "index").answers(call -> cpuModels()),
        onNode("/nodes/{node}/capabilities/qemu/machines", "types").answers(call -> machines()));
  }

  private static ApiMethod onNode(String path, String name) {
    return ApiMethod.get(path).name(name).allow(Check.anyUser()).param("node", Standard.NODE);
  }

  private Object list(Call call) {
    return call.world().nodes().values().stream()
        .map(
            node -> resources.node(node, call.rights()).with("ssl_fingerprint", node.fingerprint()))
        .toList();
  }

  private static Object status(Call call) {
    var node = call.world().node(call.node());
    var load = new NodeLoad(call.world(), node);
    long used = load.memoryBytes();
    long rootUsed = load.rootBytes();
    return Item.of("uptime", load.uptimeSeconds())
        .with("loadavg", List.of("0.10", "0.08", "0.05"))
        .with("cpu", load.cpu())
        .with("wait", 0)
        .with("idle", 0)
        .with(
            "pveversion",
            "pve-manager/" + VersionMethods.number(call.world()) + "/2606ac85aaaaaaaa")
        .with("kversion", "Linux 6.8.12-sim #1 SMP PREEMPT_DYNAMIC")
        .with(
            "current-kernel",
            Item.of("sysname", "Linux")
                .with("release", "6.8.12-sim")
                .with("version", "#1 SMP PREEMPT_DYNAMIC")
                .with("machine", "x86_64"))
        .with("boot-info", Item.of("mode", "legacy-bios"))
        .with(
            "cpuinfo",
            Item.of("model", "AMD EPYC")
                .with("sockets", 1)
                .with("cores", node.cpus())
                .with("cpus", node.cpus())
                .with("mhz", "2445.434")
                .with("hvm", "1")
                .with("user_hz", 100)
                .with("flags", "fpu vme de pse tsc msr pae mce cx8 apic svm aes avx avx2 lm nx"))
        .with("memory", sizes(node.memoryBytes(), used))
        .with("swap", sizes(0, 0))
        .with(
            "rootfs", sizes(node.rootBytes(), rootUsed).with("avail", node.rootBytes() - rootUsed))
        .with("ksm", Item.of("shared", 0));
  }

  private static Item sizes(long total, long used) {
    return Item.of("total", total).with("used", used).with("free", total - used);
  }

  private static List<Item> cpuModels() {
    return Lines.of(NodeMethods.class, "cpu-models.txt").stream()
        .map(line -> line.split(" ", 2))
        .map(fields -> Item.of("vendor", fields[0]).with("name", fields[1]).with("custom", 0))
        .toList();
  }

  private static List<Item> machines() {
    return Lines.of(NodeMethods.class, "machine-types.txt").stream()
        .map(line -> line.split(" ", 3))
        .map(
            fields ->
                Item.of("type", fields[0])
                    .with("version", fields[1])
                    .with("id", fields[2])
                    .withKnown("changes", MACHINE_CHANGES.get(fields[1])))
        .toList();
  }
}
