package dev.hearth.stdlib.proxmox.sim.copy;

import dev.hearth.stdlib.proxmox.sim.world.Sections;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.List;
import java.util.Set;

/** Virtual networks: as they are configured, and as they were applied last. */
final class SdnCopy {
  private static final int FIRST_WITH_FABRICS = 9;

  private static final Set<String> NAMES_OF_NODES =
      Set.of("fabric_id", "node_id", "type", "digest", "state", "pending");

  private final Answers answers;
  private final World world;

  SdnCopy(Answers answers, World world) {
    this.answers = answers;
    this.world = world;
  }

  void read() {
    for (var isRunning : List.of(false, true)) {
      applied(isRunning, "zones", "zone");
      applied(isRunning, "vnets", "vnet");
      applied(isRunning, "controllers", "controller");
      var subnets = new SectionsCopy(answers, "subnet", "id", "network", "mask", "cidr", "zone");
      for (var vnet : List.copyOf(file(isRunning, "vnets").all().keySet())) {
        var ask = Ask.of("/cluster/sdn/vnets/{}/subnets", vnet);
        subnets.into(file(isRunning, "subnets"), state(isRunning, ask));
      }
      if (world.major() >= FIRST_WITH_FABRICS) {
        fabrics(isRunning);
      }
    }
    var dns = new SectionsCopy(answers, "dns", "key");
    dns.into(world.sections("sdn/dns"), Ask.of("/cluster/sdn/dns"));
    var ipams = new SectionsCopy(answers, "ipam", "token");
    ipams.into(world.sections("sdn/ipams"), Ask.of("/cluster/sdn/ipams"));
    world.sections("sdn/ipams").remove("pve"); // it is always there
  }

  private Sections file(boolean isRunning, String kind) {
    return world.sections("sdn/" + (isRunning ? "running/" : "") + kind);
  }

  private static Ask state(boolean isRunning, Ask ask) {
    return isRunning ? ask.with("running", "1") : ask;
  }

  private void applied(boolean isRunning, String kind, String key) {
    var sections = new SectionsCopy(answers, key, "state", "pending");
    sections.into(file(isRunning, kind), state(isRunning, Ask.of("/cluster/sdn/" + kind)));
  }

  private void fabrics(boolean isRunning) {
    var ask = state(isRunning, Ask.of("/cluster/sdn/fabrics/fabric"));
    new SectionsCopy(answers, "id", "state", "pending").into(file(isRunning, "fabrics"), ask);
    for (var told : answers.list(state(isRunning, Ask.of("/cluster/sdn/fabrics/node")))) {
      var id = told.name("fabric_id") + "_" + told.name("node_id");
      var values = told.texts(NAMES_OF_NODES);
      file(isRunning, "fabric-nodes").put(id, "node", values);
    }
  }
}
