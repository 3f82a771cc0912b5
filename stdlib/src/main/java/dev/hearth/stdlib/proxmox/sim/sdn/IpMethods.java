package dev.hearth.stdlib.proxmox.sim.sdn;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.NetworkFormats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.Sections;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which addresses of virtual networks are taken, as the built-in management knows it. */
final class IpMethods {
  private static final String PATH = "/cluster/sdn/vnets/{vnet}/ips";
  private static final String OURS = "pve";
  private static final Param IP = Param.of(formatted(NetworkFormats.IP));
  private static final Param MAC = Param.optional(formatted(Formats.MAC_ADDRESS));

  private IpMethods() {}

  static List<ApiMethod> of(int major) {
    return List.of(
        ApiMethod.get("/cluster/sdn/ipams/{ipam}/status")
            .name("ipamindex")
            .allow(Check.anyUser())
            .param("ipam", HelperMethods.ipamId(major))
            .answers(IpMethods::list),
        method("POST", "ipcreate").answers(IpMethods::create),
        method("PUT", "ipupdate")
            .param("vmid", Standard.VMID.asOptional())
            .answers(IpMethods::update),
        method("DELETE", "ipdelete").answers(IpMethods::delete));
  }

  private static ApiMethod method(String verb, String name) {
    return ApiMethod.of(verb, PATH)
        .name(name)
        .allow(Check.perm("/sdn/zones/{zone}/{vnet}", "SDN.Allocate"))
        .param("zone", Param.of(formatted(SdnFormats.ZONE_ID)))
        .param("vnet", VnetMethods.NAME)
        .param("ip", IP)
        .param("mac", MAC);
  }

  private static Sections taken(Call call) {
    return call.world().sections("sdn/pve-ipam-state");
  }

  /** A running subnet, and the zone whose addresses its own are. */
  private record Subnet(String zone, String vnet, String cidr, Map<String, String> values) {
    private String key(String ip) {
      return zone + " " + cidr + " " + ip;
    }
  }

  private static List<Subnet> subnets(Call call) {
    var subnets = new ArrayList<Subnet>();
    SubnetMethods.SUBNETS
        .running(call.world())
        .all()
        .forEach(
            (id, is) -> {
              var zone = id.substring(0, id.indexOf('-'));
              var cidr = id.substring(id.indexOf('-') + 1).replaceFirst("-(\\d+)$", "/$1");
              var vnet = is.values().getOrDefault("vnet", "");
              subnets.add(new Subnet(zone, vnet, cidr, is.values()));
            });
    return subnets;
  }

  private static Object list(Call call) {
    if (!call.params().text("ipam").equals(OURS)) {
      throw Refusal.die("Currently only PVE IPAM is supported!");
    }
    var items = new ArrayList<Item>();
    var zones = ZoneMethods.ZONES.running(call.world());
    for (var subnet : subnets(call)) {
      var zone = zones.values(subnet.zone());
      boolean isManaged = OURS.equals(zone.get("ipam")) && zone.containsKey("dhcp");
      var path = "/sdn/zones/" + subnet.zone() + "/" + subnet.vnet();
      if (!isManaged || !call.rights().hasAny(path, "SDN.Audit", "SDN.Allocate")) {
        continue;
      }
      var gateway = subnet.values().get("gateway");
      if (gateway != null) {
        items.add(told(subnet, gateway).with("gateway", 1));
      }
      var prefix = subnet.key("");
      taken(call)
          .all()
          .forEach(
              (key, is) -> {
                if (key.startsWith(prefix)) {
                  var item = told(subnet, key.substring(prefix.length()));
                  is.values().forEach(item::with);
                  items.add(item);
                }
              });
    }
    return items;
  }

  private static Item told(Subnet subnet, String ip) {
    return Item.of("zone", subnet.zone())
        .with("subnet", subnet.cidr())
        .with("vnet", subnet.vnet())
        .with("ip", ip);
  }

  private static Subnet subnetOf(Call call, String ip) {
    var vnet = call.params().text("vnet");
    return subnets(call).stream()
        .filter(subnet -> subnet.vnet().equals(vnet) && SubnetMethods.isWithin(ip, subnet.cidr()))
        .findFirst()
        .orElseThrow(() -> Refusal.die("can't find any subnet for ip " + ip));
  }

  private static boolean isManaged(Call call, Subnet subnet) {
    return ZoneMethods.ZONES.configured(call.world()).values(subnet.zone()).containsKey("ipam");
  }

  private static void add(Call call, Subnet subnet, String ip) {
    if (!isManaged(call, subnet)) {
      return;
    }
    boolean isTaken = taken(call).has(subnet.key(ip)) || ip.equals(subnet.values().get("gateway"));
    if (isTaken) {
      throw Refusal.die("IP '" + ip + "' already exist");
    }
    var values = new LinkedHashMap<String, String>();
    for (var name : List.of("vmid", "mac")) {
      var value = call.params().find(name);
      if (value != null) {
        values.put(name, value);
      }
    }
    taken(call).put(subnet.key(ip), "ip", values);
  }

  private static @Nullable Object create(Call call) {
    var ip = call.params().text("ip");
    add(call, subnetOf(call, ip), ip);
    return null;
  }

  /** What a card had goes, and comes back if the new one cannot be had. */
  private static @Nullable Object update(Call call) {
    var ip = call.params().text("ip");
    var mac = call.params().text("mac", "");
    var before = new LinkedHashMap<>(taken(call).all());
    taken(call).all().values().removeIf(is -> mac.equals(is.values().get("mac")));
    try {
      add(call, subnetOf(call, ip), ip);
    } catch (Refusal refusal) {
      taken(call).all().clear();
      taken(call).all().putAll(before);
      throw refusal;
    }
    return null;
  }

  private static @Nullable Object delete(Call call) {
    var ip = call.params().text("ip");
    var subnet = subnetOf(call, ip);
    if (isManaged(call, subnet) && !taken(call).has(subnet.key(ip))) {
      throw Refusal.die("IP '" + ip + "' does not exist in IPAM DB");
    }
    taken(call).remove(subnet.key(ip));
    return null;
  }
}
