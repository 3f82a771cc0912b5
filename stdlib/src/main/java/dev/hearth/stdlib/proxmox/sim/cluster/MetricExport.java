package dev.hearth.stdlib.proxmox.sim.cluster;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.rest.GuestFigures;
import dev.hearth.stdlib.proxmox.sim.rest.NodeLoad;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /cluster/metrics/export}: the figures of all at once. What is true now was so for the past
 * half hour.
 */
public final class MetricExport {
  private static final long STEP_SECONDS = 10;
  private static final long KEPT_SECONDS = 1800;
  private static final int BYTES_A_SECOND = 1_000;
  private static final int FIRST_WITH_NODE_LIST = 9;

  private final GuestFigures figures;

  public MetricExport(GuestFigures figures) {
    this.figures = figures;
  }

  /** The method, as a major version of Proxmox VE has it. */
  public List<ApiMethod> of(int major) {
    var flag = Param.optional(bool().orElse("0"));
    var method =
        ApiMethod.get("/cluster/metrics/export")
            .name("export")
            .allow(Check.perm("/", "Sys.Audit"))
            .param("history", flag)
            .param("local-only", flag)
            .param("start-time", Param.optional(integer().orElse("0")));
    if (major >= FIRST_WITH_NODE_LIST) {
      method.param("node-list", Param.optional(string()));
    }
    return List.of(method.answers(this::export));
  }

  private Object export(Call call) {
    var world = call.world();
    var named = Lists.split(call.params().text("node-list", ""));
    var nodes =
        call.params().flag("local-only")
            ? List.of(world.entry())
            : world.nodes().keySet().stream()
                .filter(node -> named.isEmpty() || named.contains(node))
                .filter(world::isOnline)
                .toList();
    long now = world.now() / STEP_SECONDS * STEP_SECONDS;
    long start = Math.max(call.params().integer("start-time", 0), now - KEPT_SECONDS);
    var data = new ArrayList<Item>();
    for (long time = call.params().flag("history") ? start : now;
        time <= now;
        time += STEP_SECONDS) {
      for (var node : nodes) {
        node(call, new Point(data, "node/" + node, time), node);
        for (var guest : world.guests().values()) {
          if (guest.node().equals(node)) {
            guest(new Point(data, guest.type() + "/" + guest.vmid(), time), guest);
          }
        }
        for (var storage : world.storages().on(node)) {
          var id = "storage/" + node + "/" + storage.config().id();
          new Point(data, id, time)
              .gauge("disk_total", storage.totalBytes())
              .gauge("disk_used", storage.usedBytes());
        }
      }
    }
    return Item.of("data", data);
  }

  /** Where and when something is measured. */
  private record Point(List<Item> data, String id, long time) {
    private Point gauge(String metric, Number value) {
      return add(metric, "gauge", value);
    }

    private Point rate(String metric, Number value) {
      return add(metric, "derive", value);
    }

    private Point add(String metric, String type, Number value) {
      data.add(
          Item.of("id", id)
              .with("metric", metric)
              .with("timestamp", time)
              .with("type", type)
              .with("value", value));
      return this;
    }
  }

  private static void node(Call call, Point point, String name) {
    var node = call.world().node(name);
    var load = new NodeLoad(call.world(), node);
    point
        .gauge("uptime", load.uptimeSeconds())
        .gauge("cpu_avg1", load.cpu() * node.cpus())
        .gauge("cpu_avg5", load.cpu() * node.cpus())
        .gauge("cpu_avg15", load.cpu() * node.cpus())
        .gauge("cpu_max", node.cpus())
        .gauge("cpu_current", load.cpu())
        .gauge("cpu_iowait", 0)
        .gauge("mem_total", node.memoryBytes())
        .gauge("mem_used", load.memoryBytes())
        .gauge("swap_total", 0)
        .gauge("swap_used", 0)
        .gauge("disk_total", node.rootBytes())
        .gauge("disk_used", load.rootBytes())
        .rate("net_in", load.uptimeSeconds() * BYTES_A_SECOND)
        .rate("net_out", load.uptimeSeconds() * BYTES_A_SECOND);
  }

  private void guest(Point point, Guest guest) {
    var is = figures.of(guest);
    boolean runs = is.status().equals("running");
    long bytes = is.uptimeSeconds() * BYTES_A_SECOND;
    point
        .gauge("uptime", is.uptimeSeconds())
        .gauge("cpu_max", is.cpus())
        .gauge("cpu_current", runs ? 0.02 : 0)
        .gauge("mem_total", is.memoryBytes())
        .gauge("mem_used", runs ? is.memoryBytes() / 4 : 0)
        .gauge("disk_total", is.diskBytes())
        .gauge("disk_used", 0)
        .rate("disk_read", bytes)
        .rate("disk_write", bytes)
        .rate("net_in", bytes)
        .rate("net_out", bytes);
  }
}
