package dev.hearth.stdlib.proxmox.sim.sdn;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Fields;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/sdn/vnets}: virtual networks, each in a zone. */
final class VnetMethods {
  static final Param NAME = Param.of(formatted(Formats.VNET_ID));
  private static final String ALL = "/cluster/sdn/vnets";
  private static final String ONE = ALL + "/{vnet}";
  private static final Param FLAG = Param.optional(bool());
  private static final int LAST_VLAN = 4096;
  private static final int LAST_VXLAN = 16_777_216;

  static final Fields FIELDS = new Fields(fields());
  static final SdnObjects VNETS = new SdnObjects("vnets", "vnet", FIELDS);

  private VnetMethods() {}

  private static Map<String, Param> fields() {
    var params = new LinkedHashMap<String, Param>();
    params.put("zone", Param.optional(string()));
    params.put("alias", Param.optional(matching("(?i)[\\(\\)-_.\\w\\d\\s]{0,256}").maxLength(256)));
    params.put("isolate-ports", FLAG);
    params.put("tag", Param.optional(integer()));
    params.put("vlanaware", FLAG);
    return params;
  }

  static List<ApiMethod> of(int major) {
    var fields = new LinkedHashMap<>(FIELDS.params());
    if (major >= 9) {
      fields.put("tag", Param.optional(integer().min(1).max(16_777_215)));
    }
    var create = new LinkedHashMap<>(fields);
    create.put("zone", Param.of(string()));
    return List.of(
        ApiMethod.get(ALL)
            .name("index")
            .allow(Check.anyUser())
            .param("pending", FLAG)
            .param("running", FLAG)
            .answers(VnetMethods::list),
        ApiMethod.post(ALL)
            .name("create")
            .allow(Check.perm("/sdn/zones/{zone}", "SDN.Allocate"))
            .param("vnet", NAME)
            .param("type", Param.optional(oneOf("vnet")))
            .params(create)
            .answers(VnetMethods::create),
        ApiMethod.get(ONE)
            .name("read")
            .allow(Check.anyUser())
            .param("vnet", NAME)
            .param("pending", FLAG)
            .param("running", FLAG)
            .answers(VnetMethods::read),
        ApiMethod.put(ONE)
            .name("update")
            .allow(Check.anyUser())
            .param("vnet", NAME)
            .params(fields)
            .param("delete", Standard.DELETE)
            .param("digest", Standard.DIGEST)
            .answers(VnetMethods::update),
        ApiMethod.delete(ONE)
            .name("delete")
            .allow(Check.anyUser())
            .param("vnet", NAME)
            .answers(VnetMethods::delete));
  }

  static String zoneOf(Call call, String vnet) {
    return VNETS.configured(call.world()).values(vnet).getOrDefault("zone", "");
  }

  private static boolean maySee(Call call, String vnet) {
    var zone = zoneOf(call, vnet);
    return call.rights().hasAny("/sdn/zones/" + zone + "/" + vnet, "SDN.Audit", "SDN.Allocate");
  }

  /** The network that a call is about; refuses who may not, and dies if there is none. */
  static String allowed(Call call, String... anyOf) {
    var vnet = call.params().text("vnet");
    if (!VNETS.configured(call.world()).has(vnet)) {
      throw Refusal.die("sdn vnet '" + vnet + "' does not exist");
    }
    call.rights().checkAny("/sdn/zones/" + zoneOf(call, vnet) + "/" + vnet, anyOf);
    return vnet;
  }

  private static Object list(Call call) {
    return VNETS.list(call, vnet -> maySee(call, vnet), (_, _, _) -> {});
  }

  private static Object read(Call call) {
    var vnet = allowed(call, "SDN.Audit", "SDN.Allocate");
    return VNETS.one(call, vnet, (_, _, _) -> {});
  }

  private static @Nullable Object create(Call call) {
    var vnet = call.params().text("vnet");
    return Fields.saying(
        "create sdn vnet object failed",
        () -> {
          var file = VNETS.configured(call.world());
          if (file.has(vnet)) {
            throw Refusal.die("sdn vnet object ID '" + vnet + "' already defined");
          }
          var values = FIELDS.given(call);
          check(call, vnet, values);
          file.put(vnet, "vnet", values);
        });
  }

  private static void check(Call call, String vnet, Map<String, String> values) {
    var zone = values.getOrDefault("zone", "");
    var type = ZoneMethods.typeOf(call, zone);
    if (type == null) {
      throw Refusal.die(
          "cannot lookup undefined type! at /usr/share/perl5/PVE/API2/Network/SDN/Vnets.pm"
              + " line 232.");
    }
    var tag = values.get("tag");
    if (type.equals("simple") || type.equals("faucet")) {
      if (tag != null) {
        throw Refusal.parameter("tag", "vlan tag is not allowed on " + type + " zone");
      }
      return;
    }
    boolean isVxlan = type.equals("vxlan") || type.equals("evpn");
    var word = isVxlan ? "vxlan" : "vlan";
    if (tag == null) {
      throw Refusal.parameter("tag", "missing " + word + " tag");
    }
    int most = isVxlan ? LAST_VXLAN : LAST_VLAN;
    if (Long.parseLong(tag) > most) {
      throw Refusal.parameter("tag", word + " tag max value is " + most);
    }
    VNETS
        .configured(call.world())
        .all()
        .forEach(
            (other, is) -> {
              boolean isSame = tag.equals(is.values().get("tag"));
              if (!other.equals(vnet) && isSame && zone.equals(is.values().get("zone"))) {
                throw Refusal.parameter("tag", "tag " + tag + " already exist in vnet " + other);
              }
            });
  }

  private static @Nullable Object update(Call call) {
    var vnet = allowed(call, "SDN.Allocate");
    return Fields.saying(
        "update sdn vnet object failed",
        () -> {
          var file = VNETS.configured(call.world());
          Fields.check(file.digest(), call.params().find("digest"));
          var values = FIELDS.changed(file.values(vnet), call);
          check(call, vnet, values);
          file.put(vnet, "vnet", values);
        });
  }

  private static @Nullable Object delete(Call call) {
    var vnet = allowed(call, "SDN.Allocate");
    return Fields.saying(
        "delete sdn vnet object failed",
        () -> {
          boolean hasSubnets =
              SubnetMethods.SUBNETS.configured(call.world()).all().values().stream()
                  .anyMatch(is -> vnet.equals(is.values().get("vnet")));
          if (hasSubnets) {
            throw Refusal.parameter("vnet", "Can't delete vnet if subnets exists");
          }
          VNETS.configured(call.world()).remove(vnet);
          call.world().firewalls().remove("vnet/" + vnet);
        });
  }
}
