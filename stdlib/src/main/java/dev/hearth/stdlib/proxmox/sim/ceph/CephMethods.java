package dev.hearth.stdlib.proxmox.sim.ceph;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.NetworkFormats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Handler;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /cluster/ceph} and {@code /nodes/{node}/ceph}. Rights and parameters are checked as on any
 * node; what comes then is that the programs are missing.
 */
public final class CephMethods {
  static final Check LOOK = Check.permAny("/", "Sys.Audit", "Datastore.Audit");
  static final Check AUDIT = Check.perm("/", "Sys.Audit");
  static final Check MODIFY = Check.perm("/", "Sys.Modify");
  static final Param NO = Param.optional(bool().orElse("0"));
  static final String SERVICE_NAME = "[a-zA-Z0-9]([a-zA-Z0-9\\-]*[a-zA-Z0-9])?";
  private static final int FIRST_WITH_BULK = 9;
  private static final String KEY = "[0-9a-zA-Z\\-_.]+:[0-9a-zA-Z\\-_]+";
  private static final List<String> FLAGS =
      List.of(
          "nobackfill",
          "nodeep-scrub",
          "nodown",
          "noin",
          "noout",
          "norebalance",
          "norecover",
          "noscrub",
          "notieragent",
          "noup",
          "pause");

  private CephMethods() {}

  /** The methods of a major version of Proxmox VE. */
  public static List<ApiMethod> of(int major) {
    var methods = new ArrayList<ApiMethod>();
    methods.addAll(ofCluster(major));
    methods.addAll(ofNode(major));
    methods.addAll(CephServices.of(major));
    methods.addAll(CephPools.of(major));
    return methods;
  }

  /** Says that a program is not there. */
  static Handler missing(String program) {
    return _ -> {
      throw Refusal.die("binary not installed: /usr/bin/" + program);
    };
  }

  /** Says what nearly every method looks at first. */
  static Handler missing() {
    return missing("ceph-mon");
  }

  static ApiMethod node(String verb, String path, String name, Check check) {
    return ApiMethod.of(verb, "/nodes/{node}/ceph" + path)
        .name(name)
        .allow(check)
        .param("node", Standard.NODE);
  }

  private static ApiMethod cluster(String verb, String path, String name, Check check) {
    return ApiMethod.of(verb, "/cluster/ceph" + path).name(name).allow(check);
  }

  private static List<ApiMethod> ofCluster(int major) {
    var methods = new ArrayList<ApiMethod>();
    methods.add(
        cluster("GET", "", "cephindex", Check.anyUser())
            .answers(_ -> Directories.named("metadata", "status", "flags")));
    methods.add(cluster("GET", "/status", "status", LOOK).answers(missing()));
    methods.add(
        cluster("GET", "/metadata", "metadata", LOOK)
            .param("scope", Param.optional(oneOf("all", "versions").orElse("all")))
            .answers(missing()));
    methods.add(cluster("GET", "/flags", "get_all_flags", AUDIT).answers(missing()));
    var set = cluster("PUT", "/flags", "set_flags", MODIFY);
    FLAGS.forEach(flag -> set.param(flag, Param.optional(bool())));
    methods.add(set.answers(missing()));
    var flag = Param.of(oneOf(FLAGS));
    methods.add(
        cluster("GET", "/flags/{flag}", "get_flag", AUDIT).param("flag", flag).answers(missing()));
    methods.add(
        cluster("PUT", "/flags/{flag}", "update_flag", MODIFY)
            .param("flag", flag)
            .param("value", Param.of(bool()))
            .answers(missing()));
    if (major >= FIRST_WITH_BULK) {
      methods.add(
          restarting(cluster("POST", "/restart-bulk", "restart_bulk", MODIFY))
              .param("service-type", Param.of(oneOf("mon", "mgr", "mds", "osd")))
              .answers(missing()));
    }
    return methods;
  }

  private static ApiMethod restarting(ApiMethod method) {
    return method
        .param("dry-run", NO)
        .param("force", NO)
        .param("only-outdated", NO)
        .param("timeout", Param.optional(integer().min(30).max(1800).orElse("600")));
  }

  private static List<ApiMethod> ofNode(int major) {
    var count = Param.optional(integer().min(0));
    var methods = new ArrayList<ApiMethod>();
    methods.add(node("GET", "", "index", LOOK).answers(_ -> index(major)));
    methods.add(
        node("GET", "/cfg", "index", Check.anyUser())
            .answers(_ -> Directories.named("raw", "db", "value")));
    methods.add(node("GET", "/cfg/db", "db", LOOK).answers(missing()));
    methods.add(node("GET", "/cfg/raw", "raw", LOOK).answers(missing()));
    methods.add(
        node("GET", "/cfg/value", "value", AUDIT)
            .param("config-keys", keys(major))
            .answers(missing()));
    methods.add(
        node("GET", "/cmd-safety", "cmd_safety", AUDIT)
            .param("action", Param.of(oneOf("stop", "destroy")))
            .param("id", Param.of(string()))
            .param("service", Param.of(oneOf("osd", "mon", "mds")))
            .answers(missing()));
    methods.add(node("GET", "/crush", "crush", LOOK).answers(missing()));
    methods.add(node("GET", "/rules", "rules", LOOK).answers(missing()));
    methods.add(node("GET", "/status", "status", LOOK).answers(missing()));
    methods.add(
        node("GET", "/log", "log", Check.perm("/nodes/{node}", "Sys.Syslog"))
            .param("start", count)
            .param("limit", count)
            .answers(missing()));
    methods.add(initialising().answers(CephMethods::initialise));
    for (var verb : List.of("start", "stop", "restart")) {
      methods.add(
          node("POST", "/" + verb, verb, MODIFY)
              .param("service", service(verb, major))
              .task()
              .answers(missing()));
    }
    if (major >= FIRST_WITH_BULK) {
      methods.add(
          node("GET", "/releases", "releases", LOOK)
              .answers(
                  _ ->
                      List.of(
                          Item.of("release", "squid").with("version", "19.2"),
                          Item.of("release", "tentacle").with("version", "20.2"))));
      methods.add(
          restarting(node("POST", "/restart-bulk", "restart_bulk", MODIFY))
              .param("service-type", Param.of(oneOf("osd")))
              .param("resume", NO)
              .param("set-noout", Param.optional(bool().orElse("1")))
              .answers(missing()));
    }
    return methods;
  }

  private static Param keys(int major) {
    var keys = matching(KEY + "(?:[;, ]" + KEY + ")*");
    return Param.of(major >= FIRST_WITH_BULK ? keys.maxLength(4096) : keys);
  }

  private static Param service(String verb, int major) {
    boolean isNarrow = verb.equals("restart") && major < FIRST_WITH_BULK;
    var kinds = isNarrow ? "(mon|mds|osd|mgr)" : "(ceph|mon|mds|osd|mgr)";
    return Param.optional(matching(kinds + "(\\." + SERVICE_NAME + ")?").orElse("ceph.target"));
  }

  private static List<Item> index(int major) {
    var names = new ArrayList<>(List.of("cmd-safety", "cfg", "crush", "fs", "init", "log", "mds"));
    names.addAll(List.of("mgr", "mon", "osd", "pool", "restart", "rules", "start", "status"));
    names.add("stop");
    if (major >= FIRST_WITH_BULK) {
      names.addAll(List.of("releases", "restart-bulk"));
    }
    return Directories.named(names.toArray(String[]::new));
  }

  private static ApiMethod initialising() {
    var network = Param.optional(formatted(NetworkFormats.CIDR).maxLength(128));
    return node("POST", "/init", "init", MODIFY)
        .param("network", network)
        .param("cluster-network", network.requires("network"))
        .param("disable_cephx", NO)
        .param("min_size", Param.optional(integer().min(1).max(7).orElse("2")))
        .param("pg_bits", Param.optional(integer().min(6).max(14).orElse("6")))
        .param("size", Param.optional(integer().min(1).max(7).orElse("3")));
  }

  private static Object initialise(Call call) {
    throw Refusal.die("Ceph Nautilus required - please run 'pveceph install'");
  }
}
