package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.NetFormat;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What a running guest says of itself. */
final class GuestFacts {
  /** The network in which simulated DHCP servers give addresses. */
  private static final String DHCP_NETWORK = "10.99.";

  private static final long FILE_SYSTEM_BYTES = 2_000_000_000L;
  private static final long FILE_SYSTEM_USED = 900_000_000L;

  private final Vm vm;
  private final GuestSystem system;

  GuestFacts(Vm vm) {
    this.vm = vm;
    this.system = GuestSystem.of(vm).orElse(new GuestSystem("linux", "Linux", ""));
  }

  /** The name cloud-init gave it: the VM's up to the first dot. */
  String hostName() {
    return vm.config().getOrDefault("name", "VM" + vm.vmid()).replaceFirst("\\..*", "");
  }

  Map<String, Object> system() {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("id", system.id());
    facts.put("name", system.name());
    facts.put("pretty-name", system.prettyName());
    facts.put("version", system.version());
    facts.put("version-id", system.version());
    facts.put("machine", "x86_64");
    facts.put("kernel-release", "6.1.0-28-cloud-amd64");
    facts.put("kernel-version", "#1 SMP");
    return facts;
  }

  String osRelease() {
    return "PRETTY_NAME=\"%s\"\nNAME=\"%s\"\nVERSION_ID=\"%s\"\nID=%s\n"
        .formatted(system.prettyName(), system.name(), system.version(), system.id());
  }

  List<Map<String, Object>> processors() {
    var processors = new ArrayList<Map<String, Object>>();
    var count =
        Long.parseLong(vm.config().getOrDefault("cores", "1"))
            * Long.parseLong(vm.config().getOrDefault("sockets", "1"));
    var shown = Math.min(count, vm.world().node(vm.node()).cpus());
    for (var index = 0; index < shown; index++) {
      processors.add(Map.of("logical-id", index, "online", true, "can-offline", false));
    }
    return processors;
  }

  List<Map<String, Object>> fileSystems() {
    var root = new LinkedHashMap<String, Object>();
    root.put("name", "sda1");
    root.put("mountpoint", "/");
    root.put("type", "ext4");
    root.put("disk", List.of());
    root.put("total-bytes", Math.max(FILE_SYSTEM_BYTES, VmStatus.bootDiskBytes(vm.config())));
    root.put("used-bytes", FILE_SYSTEM_USED);
    return List.of(root);
  }

  List<Map<String, Object>> interfaces() {
    var all = new ArrayList<Map<String, Object>>();
    all.add(
        networkInterface(
            "lo",
            "00:00:00:00:00:00",
            List.of(address("ipv4", "127.0.0.1", 8), address("ipv6", "::1", 128))));
    for (var key : new TreeSet<>(vm.config().keySet())) {
      if (key.matches("net\\d+")) {
        all.add(card(Integer.parseInt(key.substring("net".length())), key));
      }
    }
    return all;
  }

  private Map<String, Object> card(int index, String key) {
    var mac =
        NetFormat.NET
            .parse(vm.config().getOrDefault(key, ""))
            .get("macaddr")
            .orElse("00:00:00:00:00:00")
            .toLowerCase(Locale.ROOT);
    var addresses = new ArrayList<Map<String, Object>>();
    var wanted = VmStatus.properties(vm.config(), "ipconfig" + index);
    var ip = wanted.flatMap(w -> w.written("ip")).orElse("dhcp");
    addresses.add(ip.equals("dhcp") ? leased(index) : configured("ipv4", ip));
    wanted
        .flatMap(w -> w.written("ip6"))
        .filter(ip6 -> ip6.contains("/"))
        .ifPresent(ip6 -> addresses.add(configured("ipv6", ip6)));
    addresses.add(address("ipv6", linkLocal(mac), 64));
    return networkInterface("eth" + index, mac, addresses);
  }

  private Map<String, Object> leased(int index) {
    var host = vm.vmid() % 254 + 1;
    var subnet = (vm.vmid() / 254 + index) % 256;
    return address("ipv4", DHCP_NETWORK + subnet + "." + host, 24);
  }

  private static Map<String, Object> configured(String type, String cidr) {
    var slash = cidr.indexOf('/');
    return address(type, cidr.substring(0, slash), Integer.parseInt(cidr.substring(slash + 1)));
  }

  /** The address that IPv6 derives from a MAC address. */
  private static String linkLocal(String mac) {
    var b = HexFormat.ofDelimiter(":").parseHex(mac);
    return String.format(
        Locale.ROOT,
        "fe80::%x:%x:%x:%x",
        pair(b[0] ^ 2, b[1]),
        pair(b[2], 0xff),
        pair(0xfe, b[3]),
        pair(b[4], b[5]));
  }

  private static int pair(int high, int low) {
    return ((high & 0xff) << 8) | (low & 0xff);
  }

  private static Map<String, Object> address(String type, String address, int prefix) {
    var item = new LinkedHashMap<String, Object>();
    item.put("ip-address-type", type);
    item.put("ip-address", address);
    item.put("prefix", prefix);
    return item;
  }

  private static Map<String, Object> networkInterface(
      String name, String mac, List<Map<String, Object>> addresses) {
    var statistics = new LinkedHashMap<String, Object>();
    for (var way : List.of("rx", "tx")) {
      for (var what : List.of("bytes", "packets", "errs", "dropped")) {
        statistics.put(way + "-" + what, 0);
      }
    }
    var item = new LinkedHashMap<String, Object>();
    item.put("name", name);
    item.put("hardware-address", mac);
    item.put("ip-addresses", addresses);
    item.put("statistics", statistics);
    return item;
  }
}
