package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How full a storage was over time. What it was is not kept: it was always as it is. */
public final class StorageRrdMethods {
  private static final String PATH = "/nodes/{node}/storage/{storage}/";
  private static final int POINTS = 70;
  private static final List<String> SOURCES = List.of("total", "used");

  /** Seconds between two points. */
  private static final Map<String, Long> STEPS =
      Map.of("hour", 60L, "day", 1_800L, "week", 10_800L, "month", 43_200L, "year", 604_800L);

  private StorageRrdMethods() {}

  public static List<ApiMethod> all() {
    return List.of(
        method("rrddata").answers(StorageRrdMethods::data),
        method("rrd")
            .param("ds", Param.of(formatted(Formats.CONFIG_ID.list())))
            .answers(StorageRrdMethods::picture));
  }

  private static ApiMethod method(String name) {
    return ApiMethod.get(PATH + name)
        .name(name)
        .allow(StorageMethods.VISIBLE)
        .param("node", Standard.NODE)
        .param("storage", Standard.STORAGE)
        .param("timeframe", Param.of(oneOf("hour", "day", "week", "month", "year")))
        .param("cf", Param.optional(oneOf("AVERAGE", "MAX")));
  }

  private static Object data(Call call) {
    var storage = call.world().storages().at(call.node(), call.params().text("storage"));
    long step = STEPS.getOrDefault(call.params().text("timeframe"), 60L);
    long last = call.world().now() / step * step;
    var points = new ArrayList<Item>();
    for (int i = POINTS - 1; i >= 0; i--) {
      long time = last - i * step;
      var point = Item.of("time", time);
      if (time >= call.world().boot().getEpochSecond()) {
        point.with("total", storage.totalBytes()).with("used", storage.usedBytes());
      }
      points.add(point);
    }
    return points;
  }

  private static Object picture(Call call) {
    for (var source : call.params().list("ds")) {
      if (!SOURCES.contains(source)) {
        throw Refusal.die(
            "RRD error: No DS called '"
                + source
                + "' in '/var/lib/rrdcached/db/pve2-storage/"
                + call.node()
                + "/"
                + call.params().text("storage")
                + "'");
      }
    }
    throw Refusal.of(501, "Drawing figures is not simulated");
  }
}
