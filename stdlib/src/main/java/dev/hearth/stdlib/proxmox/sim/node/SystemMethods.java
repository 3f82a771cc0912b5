package dev.hearth.stdlib.proxmox.sim.node;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.NetworkFormats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Digests;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node resolves names with, and which time it has. */
final class SystemMethods {
  private static final List<String> SERVERS = List.of("dns1", "dns2", "dns3");
  private static final String DATA = "data";
  private static final String ZONE = "timezone";

  private SystemMethods() {}

  static List<ApiMethod> all() {
    var server = Param.optional(formatted(NetworkFormats.IP));
    return List.of(
        OneNode.method("GET", "dns", "dns", OneNode.AUDIT).answers(SystemMethods::resolver),
        OneNode.method("PUT", "dns", "update_dns", OneNode.MODIFY)
            .param("search", Param.of(string()))
            .param("dns1", server)
            .param("dns2", server)
            .param("dns3", server)
            .answers(SystemMethods::resolve),
        OneNode.method("GET", "hosts", "get_etc_hosts", Check.perm("/", "Sys.Audit"))
            .answers(call -> Item.of(DATA, hosts(call)).with("digest", digest(call))),
        OneNode.method("POST", "hosts", "write_etc_hosts", OneNode.MODIFY)
            .param(DATA, Param.of(string()))
            .param("digest", Standard.DIGEST)
            .answers(SystemMethods::writeHosts),
        OneNode.method("GET", "time", "time", OneNode.AUDIT).answers(SystemMethods::time),
        OneNode.method("PUT", "time", "set_timezone", OneNode.MODIFY)
            .param(ZONE, Param.of(string()))
            .answers(SystemMethods::setZone));
  }

  private static Object resolver(Call call) {
    var entry = new Item();
    call.world().node(call.node()).resolver().forEach(entry::with);
    return entry;
  }

  /** Servers move up where others are left out. */
  private static @Nullable Object resolve(Call call) {
    var resolver = call.world().node(call.node()).resolver();
    resolver.clear();
    resolver.put("search", call.params().text("search"));
    int count = 0;
    for (var name : SERVERS) {
      var server = call.params().find(name);
      if (server != null) {
        resolver.put(SERVERS.get(count++), server);
      }
    }
    return null;
  }

  /** What {@code /etc/hosts} of a node says. */
  static String hosts(Call call) {
    var node = call.world().node(call.node());
    return call.world()
        .nodeFacts(call.node(), "hosts")
        .getOrDefault(DATA, "127.0.0.1 localhost\n" + node.ip() + " " + node.name() + "\n");
  }

  private static String digest(Call call) {
    return Digests.sha1(hosts(call));
  }

  private static @Nullable Object writeHosts(Call call) {
    var known = call.params().text("digest", "");
    if (!known.isEmpty() && !known.equals(digest(call))) {
      throw Refusal.die(NodeConfigMethods.STALE);
    }
    var data = call.params().text(DATA);
    for (var line : data.lines().toList()) {
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      var address = line.strip().split("\\s+", 0)[0];
      if (!Formats.isIpv4(address) && !Formats.isIpv6(address)) {
        throw Refusal.parameter(DATA, "Invalid IP '" + address + "'");
      }
    }
    call.world().nodeFacts(call.node(), "hosts").put(DATA, data);
    return null;
  }

  private static String zone(World world, String node) {
    return world.nodeFacts(node, "time").getOrDefault(ZONE, "UTC");
  }

  private static Object time(Call call) {
    var zone = zone(call.world(), call.node());
    long now = call.world().now();
    var offset = ZoneId.of(zone).getRules().getOffset(Instant.ofEpochSecond(now));
    return Item.of(ZONE, zone).with("time", now).with("localtime", now + offset.getTotalSeconds());
  }

  private static @Nullable Object setZone(Call call) {
    var zone = call.params().text(ZONE);
    if (!ZoneId.getAvailableZoneIds().contains(zone)) {
      throw Refusal.parameter(ZONE, "No such timezone");
    }
    call.world().nodeFacts(call.node(), "time").put(ZONE, zone);
    return null;
  }
}
