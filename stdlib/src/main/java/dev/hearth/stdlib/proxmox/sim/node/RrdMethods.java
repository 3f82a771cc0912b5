package dev.hearth.stdlib.proxmox.sim.node;

import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.rest.GuestFigures;
import dev.hearth.stdlib.proxmox.sim.rest.NodeLoad;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code rrddata} of nodes, guests and storages: what is true now was so since the node started,
 * with a wave that depends on nothing but the time.
 */
public final class RrdMethods {
  private static final int ROWS = 70;
  private static final int FIRST_WITH_PRESSURE = 9;
  private static final double WAVE_LENGTH = 3600;

  private final GuestFigures figures;
  private final int major;

  public RrdMethods(GuestFigures figures, int major) {
    this.figures = figures;
    this.major = major;
  }

  /** A time frame, and how far apart its rows are. */
  private enum Frame {
    HOUR(Duration.ofMinutes(1)),
    DAY(Duration.ofMinutes(30)),
    WEEK(Duration.ofHours(3)),
    MONTH(Duration.ofHours(12)),
    YEAR(Duration.ofDays(7)),
    DECADE(Duration.ofDays(56));

    private final Duration step;

    Frame(Duration step) {
      this.step = step;
    }
  }

  List<ApiMethod> all() {
    var methods = new ArrayList<ApiMethod>();
    methods.add(
        declared(OneNode.method("GET", "rrddata", "rrddata", OneNode.AUDIT)).answers(this::ofNode));
    methods.add(
        declared(
                OneNode.method(
                        "GET",
                        "storage/{storage}/rrddata",
                        "rrddata",
                        Check.permAny(
                            "/storage/{storage}", "Datastore.Audit", "Datastore.AllocateSpace"))
                    .param("storage", Standard.STORAGE))
            .answers(this::ofStorage));
    for (var type : List.of("qemu", "lxc")) {
      methods.add(
          declared(
                  OneNode.method(
                          "GET",
                          type + "/{vmid}/rrddata",
                          "rrddata",
                          Check.perm("/vms/{vmid}", "VM.Audit"))
                      .param("vmid", Standard.VMID))
              .answers(call -> ofGuest(call, type)));
    }
    return methods;
  }

  private ApiMethod declared(ApiMethod method) {
    var frames = new ArrayList<>(List.of("hour", "day", "week", "month", "year"));
    if (major >= FIRST_WITH_PRESSURE) {
      frames.add("decade");
    }
    return method
        .param("timeframe", Param.of(oneOf(frames)))
        .param("cf", Param.optional(oneOf("AVERAGE", "MAX")));
  }

  /** What stands in one row. */
  private interface Row {
    void fill(Item row, double wave);
  }

  private List<Item> rows(Call call, long since, Row row) {
    var frame = Frame.valueOf(call.params().text("timeframe").toUpperCase(Locale.ROOT));
    long step = frame.step.toSeconds();
    long last = call.world().now() / step * step;
    var rows = new ArrayList<Item>();
    for (long time = last - (ROWS - 1) * step; time <= last; time += step) {
      var item = Item.of("time", time);
      if (time >= since) {
        row.fill(item, 1 + Math.sin(time / WAVE_LENGTH) / 10);
      }
      rows.add(item);
    }
    return rows;
  }

  private static long boot(World world) {
    return world.boot().getEpochSecond();
  }

  private Object ofNode(Call call) {
    var world = call.world();
    var node = world.node(call.node());
    var load = new NodeLoad(world, node);
    return rows(
        call,
        boot(world),
        (row, wave) -> {
          row.with("cpu", Math.min(1, load.cpu() * wave))
              .with("iowait", 0.001 * wave)
              .with("loadavg", load.cpu() * node.cpus() * wave)
              .with("maxcpu", node.cpus())
              .with("memtotal", node.memoryBytes())
              .with("memused", Math.min((double) node.memoryBytes(), load.memoryBytes() * wave))
              .with("netin", 1_000 * wave)
              .with("netout", 800 * wave)
              .with("roottotal", node.rootBytes())
              .with("rootused", load.rootBytes())
              .with("swaptotal", 0)
              .with("swapused", 0);
          if (major >= FIRST_WITH_PRESSURE) {
            row.with("memavailable", Math.max(0, node.memoryBytes() - load.memoryBytes()))
                .with("arcsize", 0);
            pressure(row, "cpusome", "iosome", "iofull", "memorysome", "memoryfull");
          }
        });
  }

  private Object ofStorage(Call call) {
    var storage = call.world().storages().at(call.node(), call.params().text("storage"));
    return rows(
        call,
        boot(call.world()),
        (row, _) -> row.with("total", storage.totalBytes()).with("used", storage.usedBytes()));
  }

  private Object ofGuest(Call call, String type) {
    var kind = type.equals("lxc") ? GuestKind.CONTAINER : GuestKind.VM;
    var guest = kind.load(call.world(), call.node(), call.params().integer("vmid"));
    var is = figures.of(guest);
    boolean runs = is.status().equals("running");
    return rows(
        call,
        runs ? call.world().now() - is.uptimeSeconds() : Long.MAX_VALUE,
        (row, wave) -> {
          row.with("cpu", 0.02 * wave)
              .with("maxcpu", is.cpus())
              .with("mem", is.memoryBytes() / 4.0 * wave)
              .with("maxmem", is.memoryBytes())
              .with("disk", 0)
              .with("maxdisk", is.diskBytes())
              .with("diskread", 1_000 * wave)
              .with("diskwrite", 2_000 * wave)
              .with("netin", 500 * wave)
              .with("netout", 400 * wave);
          if (major >= FIRST_WITH_PRESSURE) {
            row.with("memhost", is.memoryBytes() / 4.0 * wave);
            pressure(row, "cpusome", "cpufull", "iosome", "iofull", "memorysome", "memoryfull");
          }
        });
  }

  private static void pressure(Item row, String... kinds) {
    for (var kind : kinds) {
      row.with("pressure" + kind, 0);
    }
  }
}
