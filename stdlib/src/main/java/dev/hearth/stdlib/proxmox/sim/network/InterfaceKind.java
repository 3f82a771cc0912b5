package dev.hearth.stdlib.proxmox.sim.network;

import java.util.Map;
import java.util.regex.Pattern;

/** What an interface is, as far as its name tells, and where its kind stands in the file. */
final class InterfaceKind {
  static final String LOOPBACK = "loopback";
  static final String ETHERNET = "eth";
  static final String BOND = "bond";
  static final String BRIDGE = "bridge";
  static final String VLAN = "vlan";

  private static final Pattern CARD = Pattern.compile("eth\\d+|en[^:.]+|ib[a-z\\d]+");
  private static final Pattern CHILD = Pattern.compile("(\\S+)[.:]\\d+");
  private static final Pattern DOTTED = Pattern.compile("(\\S+)\\.(\\d+)");
  private static final Pattern NUMBERED = Pattern.compile("vlan(\\d+)");

  private InterfaceKind() {}

  /** The type that Proxmox reads back, whatever was said. */
  static String of(String name, String said) {
    if (CARD.matcher(name).matches()) {
      return ETHERNET;
    }
    if (name.matches("bond\\d+")) {
      return BOND;
    }
    if (name.matches("vmbr\\d+") && !said.startsWith("OVS")) {
      return BRIDGE;
    }
    return said;
  }

  /** Where the kind comes in the file; a VLAN of an interface comes with its kind. */
  static int order(String name, String type) {
    var child = CHILD.matcher(name);
    var kind = child.matches() ? of(child.group(1), type) : type;
    return switch (kind) {
      case LOOPBACK -> 0;
      case ETHERNET -> 1;
      case BOND, "OVSBond" -> 2;
      case BRIDGE, "OVSBridge" -> 3;
      default -> 4;
    };
  }

  /** The interface that a VLAN is of and its tag, as its name or its properties say. */
  record Vlan(String device, String tag) {}

  static Vlan vlan(String name, Map<String, String> values) {
    var dotted = DOTTED.matcher(name);
    if (dotted.matches()) {
      return new Vlan(dotted.group(1), dotted.group(2));
    }
    var numbered = NUMBERED.matcher(name);
    var tag = numbered.matches() ? numbered.group(1) : values.getOrDefault("vlan-id", "");
    return new Vlan(values.getOrDefault("vlan-raw-device", ""), tag);
  }
}
