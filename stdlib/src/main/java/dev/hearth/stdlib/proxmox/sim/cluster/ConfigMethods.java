package dev.hearth.stdlib.proxmox.sim.cluster;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.PropertyFormat;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Digests;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code /cluster/config}: making a cluster of a node that is alone, and who belongs to it. There
 * is no other cluster that it could join, and nobody who would join it.
 */
final class ConfigMethods {
  private static final String ALL = "/cluster/config";
  private static final Check AUDIT = Check.perm("/", "Sys.Audit");
  private static final int API_VERSION = 1;
  private static final int LINKS = 8;
  private static final String FILE = "/etc/pve/corosync.conf";
  private static final PropertyFormat LINK =
      PropertyFormat.named("corosync-link")
          .first("address", formatted(Formats.ADDRESS))
          .optional("priority", integer().min(0).max(255).orElse("0"));

  private ConfigMethods() {}

  static List<ApiMethod> of(int major) {
    var create =
        ApiMethod.post(ALL)
            .name("create")
            .param("clustername", Param.of(formatted(Formats.NODE).maxLength(15)))
            .params("link", LINKS, Param.optional(formatted(LINK)))
            .param("nodeid", Param.optional(integer().min(1)))
            .param("votes", Param.optional(integer().min(1)))
            .task();
    if (major >= 9) {
      create.param("token-coefficient", Param.optional(integer().min(0).orElse("125")));
    }
    return List.of(
        ApiMethod.get(ALL)
            .name("index")
            .allow(AUDIT)
            .answers(_ -> Directories.named("nodes", "totem", "join", "qdevice", "apiversion")),
        create.answers(ConfigMethods::create),
        ApiMethod.get(ALL + "/apiversion")
            .name("join_api_version")
            .allow(AUDIT)
            .answers(_ -> API_VERSION),
        ApiMethod.get(ALL + "/nodes").name("nodes").allow(AUDIT).answers(ConfigMethods::members),
        ApiMethod.delete(ALL + "/nodes/{node}")
            .name("delnode")
            .param("node", Standard.NODE)
            .answers(ConfigMethods::remove),
        ApiMethod.get(ALL + "/join")
            .name("join_info")
            .allow(AUDIT)
            .param("node", Standard.NODE.asOptional())
            .answers(ConfigMethods::joinInfo),
        ApiMethod.post(ALL + "/join")
            .name("join")
            .param("hostname", Param.of(string()))
            .param("fingerprint", Param.of(Standard.FINGERPRINT))
            .param("password", Param.of(string().maxLength(128)))
            .param("force", Param.optional(bool()))
            .params("link", LINKS, Param.optional(formatted(LINK)))
            .param("nodeid", Param.optional(integer().min(1)))
            .param("votes", Param.optional(integer().min(0)))
            .task()
            .answers(ConfigMethods::join),
        ApiMethod.get(ALL + "/totem")
            .name("totem")
            .allow(AUDIT)
            .answers(call -> isCluster(call) ? totem(call.world()) : null),
        ApiMethod.get(ALL + "/qdevice").name("status").allow(AUDIT).answers(_ -> new Item()));
  }

  private static boolean isCluster(Call call) {
    return call.world().clusterName().isPresent();
  }

  private static Item totem(World world) {
    return Item.of("cluster_name", world.clusterName().orElse(""))
        .with("config_version", String.valueOf(world.nodes().size()))
        .with("interface", Item.of("0", Item.of("linknumber", "0")))
        .with("ip_version", "ipv4-6")
        .with("link_mode", "passive")
        .with("secauth", "on")
        .with("version", "2");
  }

  /** A node that is alone is no member of a cluster. */
  private static List<Item> members(Call call) {
    var members = new ArrayList<Item>();
    if (isCluster(call)) {
      for (var node : call.world().nodes().values()) {
        members.add(
            Item.of("node", node.name())
                .with("name", node.name())
                .with("nodeid", String.valueOf(members.size() + 1))
                .with("quorum_votes", "1")
                .with("ring0_addr", node.ip()));
      }
    }
    return members;
  }

  private static Object create(Call call) {
    if (isCluster(call)) {
      throw Refusal.die("cluster config '" + FILE + "' already exists");
    }
    var name = call.params().text("clustername");
    return call.forkHere(
        "clustercreate",
        name,
        task -> {
          task.log("Corosync Cluster Engine Authentication key generator.");
          task.log("Writing corosync key to /etc/corosync/authkey.");
          task.log("Writing corosync config to " + FILE);
          call.world().nameCluster(name);
          task.log("Restart corosync and cluster filesystem");
          task.work();
        });
  }

  private static Object joinInfo(Call call) {
    var world = call.world();
    var node = call.params().text("node", world.entry());
    if (!isCluster(call)) {
      throw Refusal.die("node is not in a cluster, no join info available!");
    }
    if (!world.nodes().containsKey(node)) {
      throw Refusal.die("unknown node '" + node + "'");
    }
    var members =
        members(call).stream()
            .map(
                member -> {
                  var is = world.node(Objects.toString(member.remove("node")));
                  return member.with("pve_addr", is.ip()).with("pve_fp", is.fingerprint());
                })
            .toList();
    return Item.of("nodelist", members)
        .with("preferred_node", node)
        .with("totem", totem(world))
        .with("config_digest", Digests.sha1(world.nodes().keySet() + "@" + totem(world)));
  }

  private static Object join(Call call) {
    var world = call.world();
    var host = call.params().text("hostname");
    return call.forkHere(
        "clusterjoin",
        "",
        task -> {
          var errors = new ArrayList<String>();
          if (isCluster(call)) {
            errors.add("* authentication key '/etc/corosync/authkey' already exists");
            errors.add("* cluster config '" + FILE + "' already exists");
          }
          if (!world.guests().isEmpty()) {
            errors.add("* this host already contains virtual guests");
          }
          if (isCluster(call)) {
            errors.add("* corosync is already running, is this node already in a cluster?!");
          }
          if (!errors.isEmpty()) {
            task.log("detected the following error(s):");
            errors.forEach(task::log);
            if (!call.params().flag("force")) {
              throw Refusal.die("Check if node may join a cluster failed!");
            }
          }
          task.log("Establishing API connection with host '" + host + "'");
          task.work();
          throw Refusal.die("500 Can't connect to " + host + ":8006 (No route to host)");
        });
  }

  /** Who is no member any more takes his guests along. */
  private static @Nullable Object remove(Call call) {
    var world = call.world();
    var named = call.params().text("node");
    if (named.equals(world.entry())) {
      throw Refusal.die("Cannot delete myself from cluster!");
    }
    var node = world.nodes().get(named);
    if (node == null) {
      throw Refusal.die("Node/IP: " + named + " is not a known host of the cluster.");
    }
    world.guests().values().removeIf(guest -> guest.node().equals(named));
    world.nodes().remove(named);
    return null;
  }
}
