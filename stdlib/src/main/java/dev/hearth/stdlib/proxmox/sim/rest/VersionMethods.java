package dev.hearth.stdlib.proxmox.sim.rest;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /version}. */
public final class VersionMethods {
  private VersionMethods() {}

  public static List<ApiMethod> all() {
    return List.of(
        ApiMethod.get("/version")
            .name("version")
            .allow(Check.anyUser())
            .answers(call -> of(call.world())));
  }

  /** What the version method says of a world. */
  static Map<String, Object> of(World world) {
    var version = number(world);
    var answer = new LinkedHashMap<String, Object>();
    answer.put("version", version);
    answer.put("release", version.substring(0, version.lastIndexOf('.')));
    answer.put("repoid", "2606ac85aaaaaaaa");
    return answer;
  }

  /** The last release of a world's major version that this simulator was compared with. */
  public static String number(World world) {
    return switch (world.major()) {
      case 7 -> "7.4.20";
      case 8 -> "8.4.21";
      default -> "9.2.11";
    };
  }
}
