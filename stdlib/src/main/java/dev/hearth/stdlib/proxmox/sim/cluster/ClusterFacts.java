package dev.hearth.stdlib.proxmox.sim.cluster;

import static dev.hearth.stdlib.proxmox.config.ValueType.integer;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import java.util.ArrayList;
import java.util.List;

/** The log of the cluster. */
final class ClusterFacts {
  private static final long INFO = 6;

  private ClusterFacts() {}

  static List<ApiMethod> all() {
    var methods = new ArrayList<ApiMethod>();
    methods.add(
        ApiMethod.get("/cluster/log")
            .name("log")
            .allow(Check.anyUser())
            .param("max", Param.optional(integer().min(1)))
            .answers(ClusterFacts::log));
    return methods;
  }

  /** What tasks began and ended, the newest first; others see their own. */
  private static Object log(Call call) {
    boolean seesAll = call.rights().has("/", "Sys.Syslog");
    var entries = new ArrayList<Item>();
    for (var task : call.world().tasks().all()) {
      var upid = task.upid();
      if (!seesAll && !upid.userid().equals(call.user())) {
        continue;
      }
      entries.add(
          entry(entries.size(), call, upid.node(), upid.userid(), upid.starttime())
              .with("msg", "starting task " + upid));
      if (!task.isRunning()) {
        entries.add(
            entry(entries.size(), call, upid.node(), upid.userid(), task.endtime())
                .with("msg", "end task " + upid + " " + task.exitStatus()));
      }
    }
    long most = call.params().integer("max", 50);
    return entries.reversed().stream().limit(most).toList();
  }

  private static Item entry(int number, Call call, String node, String user, long time) {
    return Item.of("uid", String.valueOf(number))
        .with("id", number + ":" + node)
        .with("node", node)
        .with("pid", call.world().tasks().lastPid())
        .with("pri", INFO)
        .with("tag", "pvedaemon")
        .with("user", user)
        .with("time", time);
  }
}
