package dev.hearth.stdlib.proxmox.sim.ha;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.ArrayList;
import java.util.List;

/** High availability: resources, the groups or rules that place them, and what the manager says. */
public final class HaMethods {
  static final int FIRST_WITH_RULES = 9;
  private static final Check AUDIT = Check.perm("/", "Sys.Audit");

  private HaMethods() {}

  /** Whether services are placed by rules, and groups are gone. */
  static boolean hasRules(World world) {
    return world.major() >= FIRST_WITH_RULES;
  }

  /** The methods of a major version of Proxmox VE. */
  public static List<ApiMethod> of(int major) {
    var methods = new ArrayList<ApiMethod>();
    methods.add(
        ApiMethod.get("/cluster/ha")
            .name("index")
            .allow(AUDIT)
            .answers(
                _ ->
                    List.of(
                        Item.of("id", "status"),
                        Item.of("id", "resources"),
                        Item.of("id", major >= FIRST_WITH_RULES ? "rules" : "groups"))));
    methods.addAll(ResourceMethods.of(major));
    methods.addAll(GroupMethods.all());
    if (major >= FIRST_WITH_RULES) {
      methods.addAll(RuleMethods.all());
    }
    methods.add(
        ApiMethod.get("/cluster/ha/status")
            .name("index")
            .allow(Check.anyUser())
            .answers(_ -> Directories.named("current", "manager_status")));
    methods.add(
        ApiMethod.get("/cluster/ha/status/current")
            .name("status")
            .allow(AUDIT)
            .answers(HaMethods::current));
    methods.add(
        ApiMethod.get("/cluster/ha/status/manager_status")
            .name("manager_status")
            .allow(AUDIT)
            .answers(HaMethods::manager));
    return methods;
  }

  /** Whether the manager has had its first round. */
  private static boolean isActive(World world) {
    return HaResources.file(world).all().keySet().stream()
        .anyMatch(sid -> HaResources.isActedOn(world, sid));
  }

  private static Object current(Call call) {
    var world = call.world();
    var items = new ArrayList<Item>();
    boolean hasQuorum = world.hasQuorum();
    items.add(
        Item.of("id", "quorum")
            .with("type", "quorum")
            .with("node", world.entry())
            .with("status", hasQuorum ? "OK" : "No quorum on node '" + world.entry() + "'!")
            .with("quorate", hasQuorum ? 1 : 0));
    if (isActive(world)) {
      items.add(
          Item.of("id", "master")
              .with("type", "master")
              .with("node", world.entry())
              .with("status", world.entry() + " (active)"));
      for (var node : world.nodes().keySet()) {
        items.add(
            Item.of("id", "lrm:" + node)
                .with("type", "lrm")
                .with("node", node)
                .with(
                    "status",
                    node + (world.isOnline(node) ? " (active)" : " (old timestamp - dead?)")));
      }
    }
    HaResources.file(world).all().forEach((sid, _) -> items.add(service(world, sid)));
    return items;
  }

  private static Item service(World world, String sid) {
    var values = HaResources.file(world).values(sid);
    var node = HaResources.guest(world, sid).map(guest -> guest.node()).orElse("");
    var state = HaResources.state(world, sid);
    return Item.of("id", "service:" + sid)
        .with("type", "service")
        .with("sid", sid)
        .with("node", node)
        .with("state", state)
        .with("status", sid + " (" + node + ", " + state + ")")
        .with("request_state", values.getOrDefault("state", "started"))
        .with("max_restart", Integer.valueOf(values.getOrDefault("max_restart", "1")))
        .with("max_relocate", Integer.valueOf(values.getOrDefault("max_relocate", "1")))
        .withKnown("group", values.get("group"))
        .withKnown("comment", values.get("comment"));
  }

  private static Object manager(Call call) {
    var world = call.world();
    var nodes = new Item();
    var status = Item.of("node_status", nodes);
    if (isActive(world)) {
      status.with("master_node", world.entry());
      for (var node : world.nodes().keySet()) {
        nodes.with(node, new Recovery(world).ofNode(node));
      }
    }
    return Item.of("manager_status", status)
        .with(
            "quorum",
            Item.of("node", world.entry()).with("quorate", world.hasQuorum() ? "1" : "0"));
  }
}
