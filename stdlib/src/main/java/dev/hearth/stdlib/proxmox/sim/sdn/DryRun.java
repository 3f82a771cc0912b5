package dev.hearth.stdlib.proxmox.sim.sdn;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.network.UnifiedDiff;
import dev.hearth.stdlib.proxmox.sim.world.Sections;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** {@code /cluster/sdn/dry-run}: how a node's interfaces would change if all were applied. */
final class DryRun {
  private DryRun() {}

  static ApiMethod method() {
    return ApiMethod.get("/cluster/sdn/dry-run")
        .name("dry-run")
        .allow(Check.perm("/nodes/{node}", "Sys.Audit"))
        .param("node", Standard.NODE)
        .answers(DryRun::differences);
  }

  private static Object differences(Call call) {
    var world = call.world();
    world.node(call.params().text("node"));
    var before = text(VnetMethods.VNETS.running(world), ZoneMethods.ZONES.running(world));
    var after = text(VnetMethods.VNETS.configured(world), ZoneMethods.ZONES.configured(world));
    var difference =
        UnifiedDiff.of(
            "/etc/network/interfaces.d/sdn", before, "/etc/network/interfaces.d/sdn.dryrun", after);
    return Item.of("interfaces-diff", difference).with("frr-diff", "");
  }

  /** The file that would make these networks. */
  private static List<String> text(Sections vnets, Sections zones) {
    var lines = new ArrayList<String>();
    lines.add("#version:1");
    new TreeMap<>(vnets.all())
        .forEach(
            (name, vnet) -> {
              var zone = zones.values(vnet.values().getOrDefault("zone", ""));
              var bridge = zone.get("bridge");
              var tag = vnet.values().get("tag");
              lines.add("");
              lines.add("auto " + name);
              lines.add("iface " + name);
              lines.add(
                  "\tbridge_ports "
                      + (bridge == null ? "none" : tag == null ? bridge : bridge + "." + tag));
              lines.add("\tbridge_stp off");
              lines.add("\tbridge_fd 0");
            });
    return lines;
  }
}
