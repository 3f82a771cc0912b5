package dev.hearth.stdlib.proxmox.sim.firewall;

import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.base.Lines;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The macros that rules can name in place of a protocol and ports. */
final class Macros {
  private static final Map<String, Item> BY_NAME = read();

  private Macros() {}

  private static Map<String, Item> read() {
    var macros = new LinkedHashMap<String, Item>();
    for (var line : Lines.of(Macros.class, "macros.txt")) {
      var fields = line.split(" ", 2);
      macros.put(
          fields[0].toLowerCase(Locale.ROOT), Item.of("macro", fields[0]).with("descr", fields[1]));
    }
    return macros;
  }

  static List<Item> all() {
    return List.copyOf(BY_NAME.values());
  }

  static boolean has(String name) {
    return BY_NAME.containsKey(name.toLowerCase(Locale.ROOT));
  }

  /** A macro's name as Proxmox writes it. */
  static String spelled(String name) {
    var macro = BY_NAME.get(name.toLowerCase(Locale.ROOT));
    return macro == null ? name : String.valueOf(macro.get("macro"));
  }
}
