package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.List;

/** The picture of how full a storage was, of which only the refusals are simulated. */
public final class StorageRrdMethods {
  private static final String PATH = "/nodes/{node}/storage/{storage}/rrd";
  private static final List<String> SOURCES = List.of("total", "used");

  private StorageRrdMethods() {}

  public static List<ApiMethod> all() {
    return List.of(
        ApiMethod.get(PATH)
            .name("rrd")
            .allow(StorageMethods.VISIBLE)
            .param("node", Standard.NODE)
            .param("storage", Standard.STORAGE)
            .param("timeframe", Param.of(oneOf("hour", "day", "week", "month", "year")))
            .param("cf", Param.optional(oneOf("AVERAGE", "MAX")))
            .param("ds", Param.of(formatted(Formats.CONFIG_ID.list())))
            .answers(StorageRrdMethods::picture));
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
