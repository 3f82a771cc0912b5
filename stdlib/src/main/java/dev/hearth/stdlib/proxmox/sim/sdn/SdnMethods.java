package dev.hearth.stdlib.proxmox.sim.sdn;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Software-defined networks: what is configured holds once it is applied. */
public final class SdnMethods {
  private SdnMethods() {}

  /** The methods of a major version of Proxmox VE. */
  public static List<ApiMethod> of(int major) {
    var methods = new ArrayList<ApiMethod>();
    methods.add(
        ApiMethod.get("/cluster/sdn")
            .name("index")
            .allow(Check.perm("/sdn", "SDN.Audit"))
            .answers(_ -> ids(major)));
    var reload =
        ApiMethod.put("/cluster/sdn")
            .name("reload")
            .allow(Check.perm("/sdn", "SDN.Allocate"))
            .task()
            .answers(SdnMethods::apply);
    if (major >= 9) {
      reload.param("lock-token", Param.optional(string()));
      reload.param("release-lock", Param.optional(bool().orElse("1")));
    }
    methods.add(reload);
    var configuration = configuration(major);
    configuration.values().forEach(methods::addAll);
    methods.addAll(IpMethods.of(major));
    methods.addAll(ofNodes());
    methods.addAll(NodeSdnMethods.of(major));
    if (major >= 9) {
      configuration.forEach(GlobalLock::guard);
      methods.addAll(GlobalLock.all());
      methods.add(DryRun.method());
    }
    return methods;
  }

  /** The methods about what is configured, by what Proxmox calls one object of it. */
  private static Map<String, List<ApiMethod>> configuration(int major) {
    var methods = new LinkedHashMap<String, List<ApiMethod>>();
    methods.put("zone", ZoneMethods.all());
    methods.put("vnet", VnetMethods.of(major));
    methods.put("subnet", SubnetMethods.all());
    for (var helpers : HelperMethods.of(major)) {
      methods.put(helpers.key(), helpers.methods());
    }
    if (major >= 9) {
      methods.put("fabric", FabricMethods.all());
    }
    return methods;
  }

  private static List<Item> ids(int major) {
    var names = new ArrayList<>(List.of("vnets", "zones", "controllers", "ipams", "dns"));
    if (major >= 9) {
      names.add("fabrics");
    }
    return names.stream().map(name -> Item.of("id", name)).toList();
  }

  private static Object apply(Call call) {
    var world = call.world();
    GlobalLock.check(call, "could not commit SDN config: ");
    return call.forkHere(
        "reloadnetworkall",
        "",
        task -> {
          GlobalLock.apply(world);
          for (var node : world.nodes().keySet()) {
            task.log(node + ": reloading network config");
            task.work();
          }
          GlobalLock.done(call);
        });
  }

  private static List<ApiMethod> ofNodes() {
    var zone = Param.of(formatted(SdnFormats.ZONE_ID));
    return List.of(
        ApiMethod.get("/nodes/{node}/sdn")
            .name("sdnindex")
            .allow(Check.anyUser())
            .param("node", Standard.NODE)
            .answers(_ -> Directories.named("zones")),
        ApiMethod.get("/nodes/{node}/sdn/zones")
            .name("index")
            .allow(Check.anyUser())
            .param("node", Standard.NODE)
            .answers(
                call ->
                    zonesOn(call.world(), call.node()).stream()
                        .filter(
                            name ->
                                call.rights()
                                    .hasAny("/sdn/zones/" + name, "SDN.Audit", "SDN.Allocate"))
                        .map(name -> Item.of("zone", name).with("status", "available"))
                        .toList()),
        ApiMethod.get("/nodes/{node}/sdn/zones/{zone}/content")
            .name("index")
            .allow(Check.permAny("/sdn/zones/{zone}", "SDN.Audit"))
            .param("node", Standard.NODE)
            .param("zone", zone)
            .answers(SdnMethods::content));
  }

  /** The zones that run on a node. */
  public static List<String> zonesOn(World world, String node) {
    var zones = new ArrayList<String>();
    ZoneMethods.ZONES
        .running(world)
        .all()
        .forEach(
            (name, zone) -> {
              var nodes = zone.values().get("nodes");
              if (nodes == null || List.of(nodes.split("[,; ]+", 0)).contains(node)) {
                zones.add(name);
              }
            });
    return zones;
  }

  private static Object content(Call call) {
    var zone = call.params().text("zone");
    var vnets = new ArrayList<Item>();
    VnetMethods.VNETS
        .running(call.world())
        .all()
        .forEach(
            (name, vnet) -> {
              if (zone.equals(vnet.values().get("zone"))) {
                vnets.add(Item.of("vnet", name).with("status", "available"));
              }
            });
    return vnets;
  }
}
