package dev.hearth.stdlib.proxmox.sim.disk;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.NetworkFormats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.storage.ServerFormats;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code /nodes/{node}/scan}: what a node finds around it. There are the servers that storages are
 * configured for, and no others.
 */
public final class ScanMethods {
  private static final Check ALLOCATE = Check.perm("/storage", "Datastore.Allocate");
  private static final Param SERVER = Param.of(formatted(ServerFormats.SERVER));
  private static final int LAST_WITH_GLUSTER = 8;

  private ScanMethods() {}

  /** The methods of a major version of Proxmox VE. */
  public static List<ApiMethod> of(int major) {
    var text = Param.optional(string());
    var methods = new ArrayList<ApiMethod>();
    methods.add(method("", "index", Check.anyUser()).answers(_ -> index(major)));
    methods.add(
        method("/nfs", "nfsscan", ALLOCATE).param("server", SERVER).answers(ScanMethods::nfs));
    methods.add(
        method("/cifs", "cifsscan", ALLOCATE)
            .param("server", SERVER)
            .param("username", text)
            .param("password", text)
            .param("domain", text)
            .answers(ScanMethods::cifs));
    methods.add(
        method("/pbs", "pbsscan", ALLOCATE)
            .param("server", SERVER)
            .param("username", Param.of(string()))
            .param("password", Param.of(string()))
            .param("fingerprint", Param.optional(Standard.FINGERPRINT))
            .param("port", Param.optional(integer().min(1).max(65_535).orElse("8007")))
            .answers(ScanMethods::pbs));
    methods.add(
        method("/iscsi", "iscsiscan", ALLOCATE)
            .param("portal", Param.of(formatted(ServerFormats.PORTAL)))
            .answers(ScanMethods::iscsi));
    methods.add(
        method("/lvm", "lvmscan", ALLOCATE)
            .answers(
                call ->
                    VolumeGroupMethods.groups(call).stream()
                        .map(group -> VolumeGroupMethods.facts(group).with("vg", group.name()))
                        .toList()));
    methods.add(
        method("/lvmthin", "lvmthinscan", ALLOCATE)
            .param("vg", Param.of(matching("[a-zA-Z0-9.+_][a-zA-Z0-9.+_\\-]+").maxLength(100)))
            .answers(ScanMethods::thin));
    methods.add(
        method("/zfs", "zfsscan", ALLOCATE)
            .answers(
                call ->
                    ZfsMethods.names(call).stream().map(name -> Item.of("pool", name)).toList()));
    if (major <= LAST_WITH_GLUSTER) {
      methods.add(
          method("/glusterfs", "glusterfsscan", ALLOCATE)
              .param("server", SERVER)
              .answers(ScanMethods::gluster));
    }
    return methods;
  }

  private static ApiMethod method(String path, String name, Check check) {
    return ApiMethod.get("/nodes/{node}/scan" + path)
        .name(name)
        .allow(check)
        .param("node", Standard.NODE);
  }

  private static List<Item> index(int major) {
    var names =
        major <= LAST_WITH_GLUSTER
            ? Stream.of("cifs", "glusterfs", "iscsi", "lvm", "nfs", "pbs", "zfs")
            : Stream.of("cifs", "iscsi", "lvm", "nfs", "pbs", "zfs");
    return names.map(name -> Item.of("method", name)).toList();
  }

  /** What storages of a type use of a server, each once; nothing if there is no such server. */
  private static List<String> served(Call call, String type, String property) {
    var server = call.params().text("server");
    return call.world().storages().configs().stream()
        .filter(config -> config.type().equals(type) && server.equals(config.property("server")))
        .map(config -> config.properties().getOrDefault(property, ""))
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean isAddress(String host) {
    return NetworkFormats.IP.problem(host, "").isEmpty();
  }

  /** Nobody tells a node of the simulator what a name stands for. */
  private static String resolved(Call call) {
    var server = call.params().text("server");
    if (!isAddress(server)) {
      throw Refusal.die("unable to resolve address for server '" + server + "'");
    }
    return server;
  }

  private static Object nfs(Call call) {
    var exports = served(call, "nfs", "export");
    if (exports.isEmpty()) {
      throw Refusal.die(
          "command '/sbin/showmount --no-headers --exports "
              + resolved(call)
              + "' failed: exit code 1");
    }
    return exports.stream().map(path -> Item.of("path", path).with("options", "*")).toList();
  }

  private static Object cifs(Call call) {
    var shares = served(call, "cifs", "share");
    if (shares.isEmpty()) {
      throw Refusal.die(
          "do_connect: Connection to "
              + resolved(call)
              + " failed (Error NT_STATUS_HOST_UNREACHABLE)");
    }
    return shares.stream().map(name -> Item.of("share", name).with("description", "")).toList();
  }

  private static Object pbs(Call call) {
    var stores = served(call, "pbs", "datastore");
    if (stores.isEmpty()) {
      throw Refusal.die(
          "error fetching datastores - 500 Can't connect to %s:%s (No route to host)"
              .formatted(call.params().text("server"), call.params().text("port", "8007")));
    }
    return stores.stream().map(name -> Item.of("store", name)).toList();
  }

  private static Object iscsi(Call call) {
    var portal = call.params().text("portal");
    var host = portal.replaceFirst("(?<=[^:]):\\d+$", "");
    var targets =
        call.world().storages().configs().stream()
            .filter(config -> config.type().equals("iscsi"))
            .filter(
                config ->
                    config
                        .properties()
                        .getOrDefault("portal", "")
                        .replaceFirst(":\\d+$", "")
                        .equals(host))
            .map(config -> config.properties().getOrDefault("target", ""))
            .distinct()
            .sorted()
            .map(target -> Item.of("target", target).with("portal", host + ":3260"))
            .toList();
    if (targets.isEmpty() && !isAddress(host)) {
      throw Refusal.parameter("portal", "unable to resolve portal address '" + portal + "'");
    }
    return targets;
  }

  private static Object thin(Call call) {
    var group = call.params().text("vg");
    if (!VolumeGroupMethods.exists(call, group)) {
      throw Refusal.die("  Volume group \"" + group + "\" not found");
    }
    return ThinPoolMethods.all(call).stream().filter(pool -> group.equals(pool.get("vg"))).toList();
  }

  private static Object gluster(Call call) {
    var volumes = served(call, "glusterfs", "volume");
    if (volumes.isEmpty()) {
      throw Refusal.die("command '/usr/sbin/gluster peer status' failed: exit code 1");
    }
    return volumes.stream().map(name -> Item.of("volname", name)).toList();
  }
}
