package dev.hearth.stdlib.proxmox.sim.network;

import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.config.NetworkFormats;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.Sections.Section;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes of interfaces: all of them wait until they are applied. */
final class NetworkChanges {
  private static final Set<String> NO_PROPERTIES = Set.of("node", "iface", "type", "delete");
  private static final byte DOCUMENTATION_0 = 0x20;
  private static final byte DOCUMENTATION_1 = 0x01;
  private static final byte DOCUMENTATION_2 = 0x0d;
  private static final byte DOCUMENTATION_3 = (byte) 0xb8;

  private NetworkChanges() {}

  static @Nullable Object create(Call call) {
    var file = NetworkReads.file(call);
    var name = call.params().text("iface");
    var interfaces = file.interfaces();
    if (interfaces.containsKey(name)) {
      throw Refusal.parameter("iface", "interface already exists");
    }
    var stanzas = new LinkedHashMap<>(file.wanted());
    var values = given(call);
    check(name, values, interfaces, call);
    stanzas.put(name, new Section(call.params().text("type"), values));
    file.write(stanzas);
    return null;
  }

  static @Nullable Object update(Call call) {
    var file = NetworkReads.file(call);
    var name = call.params().text("iface");
    var interfaces = file.interfaces();
    var stanza = interfaces.get(name);
    if (stanza == null) {
      throw Refusal.parameter("iface", "interface does not exist");
    }
    var values = new LinkedHashMap<>(stanza.values());
    for (var key : call.params().list("delete")) {
      values.remove(key);
      switch (key) {
        case "cidr" -> values.keySet().removeAll(Set.of("address", "netmask"));
        case "cidr6" -> values.keySet().removeAll(Set.of("address6", "netmask6"));
        default -> {
          // nothing hangs on it
        }
      }
    }
    var changes = given(call);
    check(name, changes, interfaces, call);
    values.putAll(changes);
    var stanzas = new LinkedHashMap<>(file.wanted());
    stanzas.put(name, new Section(call.params().text("type"), values));
    file.write(stanzas);
    return null;
  }

  static @Nullable Object delete(Call call) {
    var file = NetworkReads.file(call);
    var name = call.params().text("iface");
    var stanzas = new LinkedHashMap<>(file.wanted());
    if (!stanzas.containsKey(name) && !file.interfaces().containsKey(name)) {
      throw Refusal.parameter("iface", "interface does not exist");
    }
    stanzas.remove(name);
    file.write(stanzas);
    return null;
  }

  static @Nullable Object revert(Call call) {
    NetworkReads.file(call).revert();
    return null;
  }

  static Object apply(Call call) {
    return call.fork("srvreload", "networking", task -> NetworkReads.file(call).apply());
  }

  /** What was given, the addresses in all their forms. */
  private static Map<String, String> given(Call call) {
    var values = new LinkedHashMap<String, String>();
    for (var name : call.params().all().keySet()) {
      var value = call.params().find(name);
      if (value != null && !NO_PROPERTIES.contains(name)) {
        values.put(name, value);
      }
    }
    values.computeIfPresent("comments", (_, text) -> ended(text));
    values.computeIfPresent("comments6", (_, text) -> ended(text));
    values.computeIfPresent("slaves", (_, text) -> String.join(" ", Lists.split(text)));
    values.computeIfPresent("bridge_ports", (_, text) -> String.join(" ", Lists.split(text)));
    values.computeIfPresent(
        "netmask", (_, mask) -> String.valueOf(NetworkFormats.prefixOf(mask).orElse(0)));
    split(values, "cidr", "address", "netmask");
    split(values, "cidr6", "address6", "netmask6");
    return values;
  }

  private static String ended(String text) {
    return text.endsWith("\n") ? text : text + "\n";
  }

  private static void split(Map<String, String> values, String cidr, String address, String mask) {
    var whole = values.get(cidr);
    if (whole != null) {
      int slash = whole.indexOf('/');
      values.put(address, whole.substring(0, slash));
      values.put(mask, whole.substring(slash + 1));
    } else if (values.containsKey(address)) {
      values.put(cidr, values.get(address) + "/" + values.get(mask));
    }
  }

  private static void check(
      String name, Map<String, String> values, Map<String, Section> interfaces, Call call) {
    var check = new InterfaceCheck(interfaces);
    for (var key : new String[] {"gateway", "gateway6"}) {
      if (values.containsKey(key)) {
        check.gateway(name, key);
      }
    }
    check.unused(name, values);
    var address = values.get("address6");
    if (address != null) {
      ofHost(address);
    }
    if (call.params().text("type").startsWith("OVS")) {
      throw Refusal.die("Open VSwitch is not installed (need package 'openvswitch-switch')");
    }
  }

  private static void ofHost(String address) {
    var type = reserved(address);
    if (type != null) {
      throw Refusal.parameter(
          "address", address + " with type '" + type + "', cannot be used as host IPv6 address.");
    }
  }

  /** What an address is kept for, if no host can have it. */
  private static @Nullable String reserved(String address) {
    var ip = InetAddress.ofLiteral(address);
    var bytes = ip.getAddress();
    if (ip.isLoopbackAddress()) {
      return "LOOPBACK";
    }
    if (ip.isAnyLocalAddress()) {
      return "UNSPECIFIED";
    }
    if (ip.isMulticastAddress()) {
      return "MULTICAST";
    }
    boolean isDocumentation =
        bytes[0] == DOCUMENTATION_0
            && bytes[1] == DOCUMENTATION_1
            && bytes[2] == DOCUMENTATION_2
            && bytes[3] == DOCUMENTATION_3;
    return isDocumentation ? "DOCUMENTATION" : null;
  }
}
