package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.NetFormat;
import dev.hearth.stdlib.proxmox.config.PropertyString;
import dev.hearth.stdlib.proxmox.sim.base.Digests;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.SshKeys;
import dev.hearth.stdlib.proxmox.sim.storage.Storages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What Proxmox writes on a VM's cloud-init drive. */
final class CloudInitData {
  private final Vm vm;
  private final Map<String, String> config;

  CloudInitData(Vm vm) {
    this.vm = vm;
    this.config = vm.config();
  }

  /** One of the files: {@code user}, {@code network} or {@code meta}. */
  String of(String type) {
    custom(type);
    return switch (type) {
      case "user" -> user();
      case "network" -> network();
      default -> meta();
    };
  }

  /** Own files replace the generated ones; their content is not simulated. */
  private void custom(String type) {
    VmStatus.properties(config, "cicustom")
        .flatMap(files -> files.get(type))
        .ifPresent(
            volid -> {
              var id = Storages.split(volid);
              vm.world().storages().at(vm.node(), id.storage()).get(id.volname());
              throw Refusal.of(501, "The content of snippets is not simulated");
            });
  }

  private boolean isConfigDrive() {
    var windows = config.getOrDefault("ostype", "").startsWith("w");
    return config
        .getOrDefault("citype", windows ? "configdrive2" : "nocloud")
        .equals("configdrive2");
  }

  private String user() {
    var name = config.getOrDefault("name", "VM" + vm.vmid());
    var dot = name.indexOf('.');
    var search = config.get("searchdomain");
    var full = dot < 0 && search != null ? name + "." + search : name;
    var text = new StringBuilder("#cloud-config\n");
    line(text, "hostname: " + (dot < 0 ? name : name.substring(0, dot)));
    line(text, "manage_etc_hosts: true");
    line(text, "fqdn: " + full);
    var user = config.get("ciuser");
    if (user != null) {
      line(text, "user: " + user);
      if (user.equals("root")) {
        line(text, "disable_root: False");
      }
    }
    var password = config.get("cipassword");
    if (password != null) {
      line(text, "password: " + password);
    }
    var keys = config.get("sshkeys");
    if (keys != null) {
      line(text, "ssh_authorized_keys:");
      SshKeys.lines(keys).forEach(key -> line(text, "  - " + key));
    }
    line(text, "chpasswd:");
    line(text, "  expire: False");
    if (!"root".equals(user)) {
      line(text, "users:");
      line(text, "  - default");
    }
    if (!"0".equals(config.get("ciupgrade"))) {
      line(text, "package_upgrade: true");
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
  }

  private String meta() {
    var id = Digests.sha1(user() + network());
    if (isConfigDrive()) {
      return """
      {
           "uuid": "%s",
           "network_config": { "content_path": "/content/0000" }
      }
      """
          .formatted(id);
    }
    return "instance-id: " + id + "\n";
  }

  private String network() {
    return isConfigDrive() ? interfacesFile() : versionOne();
  }

  /** A network card that has an ipconfig. */
  private record Card(int index, String mac, PropertyString addresses) {
    Optional<String> get(String key) {
      return addresses.written(key);
    }
  }

  private List<Card> cards() {
    return new TreeSet<>(config.keySet())
        .stream().filter(key -> key.matches("net\\d+")).flatMap(key -> card(key).stream()).toList();
  }

  private Optional<Card> card(String key) {
    var index = Integer.parseInt(key.substring("net".length()));
    var addresses = config.get("ipconfig" + index);
    if (addresses == null) {
      return Optional.empty();
    }
    var mac = NetFormat.NET.parse(config.getOrDefault(key, "")).get("macaddr").orElse("");
    return Optional.of(new Card(index, mac.toLowerCase(java.util.Locale.ROOT), usable(addresses)));
  }

  /** Gateways that cannot be are left out together with all else, as Proxmox does. */
  private static PropertyString usable(String value) {
    var parsed = NetFormat.IP_CONFIG.parse(value);
    var viaDhcp =
        parsed.written("gw").isPresent() && parsed.written("ip").filter("dhcp"::equals).isPresent();
    var viaAuto =
        parsed.written("gw6").isPresent()
            && parsed.written("ip6").filter(ip -> ip.matches("auto|dhcp")).isPresent();
    if (viaDhcp || viaAuto) {
      return NetFormat.IP_CONFIG.parse("");
    }
    return parsed.written("ip").isEmpty() && parsed.written("ip6").isEmpty()
        ? NetFormat.IP_CONFIG.parse("ip=dhcp,ip6=dhcp")
        : parsed;
  }

  /** The VM's own, or else the node's, which leak into guests that name none. */
  private List<String> nameservers() {
    var own = config.get("nameserver");
    if (own != null) {
      return words(own);
    }
    var resolver = vm.world().node(vm.node()).resolver();
    return Stream.of("dns1", "dns2", "dns3")
        .map(resolver::get)
        .filter(java.util.Objects::nonNull)
        .toList();
  }

  private List<String> searchDomains() {
    var hosts = vm.world().node(vm.node()).resolver().getOrDefault("search", "");
    return words(config.getOrDefault("searchdomain", hosts));
  }

  private static List<String> words(String text) {
    return Stream.of(text.split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  private String versionOne() {
    var text = new StringBuilder("version: 1\nconfig:\n");
    for (var card : cards()) {
      line(text, "    - type: physical");
      line(text, "      name: eth" + card.index());
      line(text, "      mac_address: '" + card.mac() + "'");
      line(text, "      subnets:");
      card.get("ip").ifPresent(ip -> subnet4(text, ip, card.get("gw")));
      card.get("ip6").ifPresent(ip -> subnet6(text, ip, card.get("gw6")));
    }
    line(text, "    - type: nameserver");
    list(text, "address", nameservers());
    list(text, "search", searchDomains());
    return text.toString();
  }

  private static void list(StringBuilder text, String name, List<String> items) {
    if (!items.isEmpty()) {
      line(text, "      " + name + ":");
      items.forEach(item -> line(text, "      - '" + item + "'"));
    }
  }

  private static void subnet4(StringBuilder text, String ip, Optional<String> gateway) {
    if (ip.equals("dhcp")) {
      line(text, "      - type: dhcp4");
      return;
    }
    var slash = ip.indexOf('/');
    line(text, "      - type: static");
    line(text, "        address: '" + ip.substring(0, slash) + "'");
    line(text, "        netmask: '" + netmask(ip.substring(slash + 1)) + "'");
    gateway.ifPresent(gw -> line(text, "        gateway: '" + gw + "'"));
  }

  private static void subnet6(StringBuilder text, String ip, Optional<String> gateway) {
    switch (ip) {
      case "dhcp" -> line(text, "      - type: dhcp6");
      case "auto" -> line(text, "      - type: ipv6_slaac");
      default -> {
        line(text, "      - type: static6");
        line(text, "        address: '" + ip + "'");
        gateway.ifPresent(gw -> line(text, "        gateway: '" + gw + "'"));
      }
    }
  }

  private static String netmask(String prefix) {
    var bits = Integer.parseInt(prefix);
    var mask = bits == 0 ? 0 : -1 << (32 - bits);
    return (mask >>> 24)
        + "."
        + (mask >>> 16 & 255)
        + "."
        + (mask >>> 8 & 255)
        + "."
        + (mask & 255);
  }

  private String interfacesFile() {
    var text = new StringBuilder("auto lo\niface lo inet loopback\n\n");
    for (var card : cards()) {
      var name = "eth" + card.index();
      line(text, "auto " + name);
      card.get("ip").ifPresent(ip -> stanza(text, name + " inet", ip, card.get("gw")));
      card.get("ip6").ifPresent(ip -> stanza(text, name + " inet6", ip, card.get("gw6")));
    }
    if (!nameservers().isEmpty()) {
      line(text, "        dns_nameservers " + String.join(" ", nameservers()));
    }
    if (!searchDomains().isEmpty()) {
      line(text, "        dns_search " + String.join(" ", searchDomains()));
    }
    return text.toString();
  }

  private static void stanza(StringBuilder text, String name, String ip, Optional<String> gateway) {
    var slash = ip.indexOf('/');
    if (slash < 0) {
      line(text, "iface " + name + " " + ip);
      return;
    }
    var isIpv4 = Formats.isIpv4(ip.substring(0, slash));
    line(text, "iface " + name + " static");
    line(text, "        address " + ip.substring(0, slash));
    var prefix = ip.substring(slash + 1);
    line(text, "        netmask " + (isIpv4 ? netmask(prefix) : prefix));
    gateway.ifPresent(gw -> line(text, "        gateway " + gw));
  }
}
