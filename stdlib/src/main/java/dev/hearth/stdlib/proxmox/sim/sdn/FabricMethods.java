package dev.hearth.stdlib.proxmox.sim.sdn;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.number;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.NetworkFormats;
import dev.hearth.stdlib.proxmox.config.PropertyFormat;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Fields;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/sdn/fabrics}: networks of nodes that find their ways by themselves. */
final class FabricMethods {
  static final String ID_PATTERN = "[a-zA-Z0-9][a-zA-Z0-9-]{0,6}[a-zA-Z0-9]";
  static final PropertyFormat INTERFACE =
      PropertyFormat.named("fabric-interface")
          .required("name", formatted(Formats.INTERFACE))
          .optional("ip", formatted(NetworkFormats.CIDR4))
          .optional("ip6", formatted(NetworkFormats.CIDR6))
          .optional("hello_multiplier", number().min(2).max(100));

  private static final String ALL = "/cluster/sdn/fabrics";
  private static final String FABRIC = ALL + "/fabric";
  private static final String NODE = ALL + "/node/{fabric_id}";
  static final Param ID = Param.of(matching(ID_PATTERN).minLength(2).maxLength(8));
  private static final Param PROTOCOL = Param.of(oneOf("openfabric", "ospf"));
  private static final Param FLAG = Param.optional(bool());
  private static final Fields FABRIC_FIELDS = new Fields(fabricFields());
  private static final Fields NODE_FIELDS = new Fields(nodeFields());

  static final SdnObjects FABRICS = new SdnObjects("fabrics", "id", FABRIC_FIELDS);
  static final SdnObjects NODES = new SdnObjects("fabric-nodes", "node_id", NODE_FIELDS);

  private FabricMethods() {}

  private static Map<String, Param> fabricFields() {
    var params = new LinkedHashMap<String, Param>();
    params.put("area", Param.optional(string()));
    params.put("csnp_interval", Param.optional(number().min(1).max(600)));
    params.put("hello_interval", Param.optional(number().min(1).max(600)));
    params.put("ip_prefix", Param.optional(formatted(NetworkFormats.CIDR)));
    params.put("ip6_prefix", Param.optional(formatted(NetworkFormats.CIDR)));
    params.put("protocol", PROTOCOL);
    return params;
  }

  private static Map<String, Param> nodeFields() {
    var params = new LinkedHashMap<String, Param>();
    params.put("interfaces", Param.list(formatted(INTERFACE)));
    params.put("ip", Param.optional(formatted(Formats.IPV4_ADDRESS)));
    params.put("ip6", Param.optional(formatted(Formats.IPV6_ADDRESS)));
    params.put("protocol", PROTOCOL);
    return params;
  }

  static List<ApiMethod> all() {
    var look = Check.permAny(ALL.replace("/cluster", "") + "/{id}", "SDN.Audit", "SDN.Allocate");
    var allocate = Check.perm("/sdn/fabrics/{id}", "SDN.Allocate");
    var joining =
        Check.and(
            Check.perm("/sdn/fabrics/{fabric_id}", "SDN.Allocate"),
            Check.perm("/nodes/{node_id}", "Sys.Modify"));
    return List.of(
        ApiMethod.get(ALL)
            .name("index")
            .allow(Check.perm("/sdn/fabrics", "SDN.Audit"))
            .answers(_ -> Directories.of("fabric", "node", "all")),
        listed(ALL + "/all", "list_all", Check.anyUser())
            .answers(call -> Item.of("fabrics", fabrics(call)).with("nodes", nodes(call, null))),
        listed(FABRIC, "index", Check.anyUser()).answers(FabricMethods::fabrics),
        ApiMethod.post(FABRIC)
            .name("add_fabric")
            .allow(Check.perm("/sdn/fabrics", "SDN.Allocate"))
            .param("id", ID)
            .params(FABRIC_FIELDS.params())
            .param("digest", Standard.DIGEST)
            .answers(FabricMethods::create),
        ApiMethod.get(FABRIC + "/{id}")
            .name("get_fabric")
            .allow(look)
            .param("id", ID)
            .answers(call -> fabric(call, known(call, "id"))),
        ApiMethod.put(FABRIC + "/{id}")
            .name("update_fabric")
            .allow(allocate)
            .param("id", ID)
            .params(FABRIC_FIELDS.params())
            .param("delete", Param.list(string()))
            .param("digest", Standard.DIGEST)
            .answers(FabricMethods::update),
        ApiMethod.delete(FABRIC + "/{id}")
            .name("delete_fabric")
            .allow(allocate)
            .param("id", ID)
            .answers(FabricMethods::delete),
        listed(ALL + "/node", "list_nodes", Check.anyUser()).answers(call -> nodes(call, null)),
        listed(NODE, "list_nodes_fabric", Check.perm("/sdn/fabrics/{fabric_id}", "SDN.Audit"))
            .param("fabric_id", ID)
            .answers(call -> nodes(call, call.params().text("fabric_id"))),
        ApiMethod.post(NODE)
            .name("add_node")
            .allow(joining)
            .param("fabric_id", ID)
            .param("node_id", Standard.NODE)
            .params(NODE_FIELDS.params())
            .param("digest", Standard.DIGEST)
            .answers(FabricMethods::join),
        ApiMethod.get(NODE + "/{node_id}")
            .name("get_node")
            .allow(
                Check.and(
                    Check.permAny("/sdn/fabrics/{fabric_id}", "SDN.Audit", "SDN.Allocate"),
                    Check.permAny("/nodes/{node_id}", "Sys.Audit", "Sys.Modify")))
            .param("fabric_id", ID)
            .param("node_id", Standard.NODE)
            .answers(call -> node(call, member(call))),
        ApiMethod.put(NODE + "/{node_id}")
            .name("update_node")
            .allow(joining)
            .param("fabric_id", ID)
            .param("node_id", Standard.NODE)
            .params(NODE_FIELDS.params())
            .param("delete", Param.list(oneOf("interfaces", "ip", "ip6")))
            .param("digest", Standard.DIGEST)
            .answers(FabricMethods::change),
        ApiMethod.delete(NODE + "/{node_id}")
            .name("delete_node")
            .allow(joining)
            .param("fabric_id", ID)
            .param("node_id", Standard.NODE)
            .answers(FabricMethods::leave));
  }

  private static ApiMethod listed(String path, String name, Check check) {
    return ApiMethod.get(path)
        .name(name)
        .allow(check)
        .param("pending", FLAG)
        .param("running", FLAG);
  }

  private static boolean maySee(Call call, String fabric) {
    return call.rights().hasAny("/sdn/fabrics/" + fabric, "SDN.Audit", "SDN.Allocate");
  }

  private static List<Item> fabrics(Call call) {
    return FABRICS.list(call, id -> maySee(call, id), (item, _, _) -> item.remove("type"));
  }

  private static Item fabric(Call call, String id) {
    return FABRICS.one(call, id, (item, _, _) -> item.remove("type"));
  }

  private static List<Item> nodes(Call call, @Nullable String fabric) {
    return NODES.list(
        call,
        id ->
            (fabric == null || fabric.equals(fabricOf(id)))
                && maySee(call, fabricOf(id))
                && call.rights().hasAny("/nodes/" + nodeOf(id), "Sys.Audit", "Sys.Modify"),
        FabricMethods::tell);
  }

  private static Item node(Call call, String id) {
    return NODES.one(call, id, FabricMethods::tell);
  }

  private static void tell(Item item, String id, Map<String, String> values) {
    item.remove("type");
    item.with("node_id", nodeOf(id)).with("fabric_id", fabricOf(id));
  }

  /** The fabric that a call is about, which has to be there. */
  private static String known(Call call, String param) {
    var id = call.params().text(param);
    if (!FABRICS.configured(call.world()).has(id)) {
      throw Refusal.die("fabric '" + id + "' does not exist in configuration");
    }
    return id;
  }

  private static String fabricOf(String member) {
    return member.substring(0, member.indexOf('_'));
  }

  private static String nodeOf(String member) {
    return member.substring(member.indexOf('_') + 1);
  }

  private static String memberId(Call call) {
    return call.params().text("fabric_id") + "_" + call.params().text("node_id");
  }

  private static String member(Call call) {
    known(call, "fabric_id");
    if (!NODES.configured(call.world()).has(memberId(call))) {
      throw Refusal.die(
          "node '%s' does not exist in fabric '%s'"
              .formatted(call.params().text("node_id"), call.params().text("fabric_id")));
    }
    return memberId(call);
  }

  private static @Nullable Object create(Call call) {
    var id = call.params().text("id");
    var file = FABRICS.configured(call.world());
    Fields.check(file.digest(), call.params().find("digest"));
    if (file.has(id)) {
      throw Refusal.die("fabric '" + id + "' already exists in config");
    }
    var values = FABRIC_FIELDS.given(call);
    checkFabric(id, values);
    file.put(id, "fabric", values);
    return null;
  }

  private static void checkFabric(String id, Map<String, String> values) {
    boolean isOspf = "ospf".equals(values.get("protocol"));
    if (isOspf && values.containsKey("ip6_prefix")) {
      throw Refusal.die("IPv6 is currently not supported for protocol ospf");
    }
    if (!values.containsKey("ip_prefix") && !values.containsKey("ip6_prefix")) {
      throw Refusal.die("fabric '" + id + "' does not have an IP prefix configured");
    }
  }

  private static @Nullable Object update(Call call) {
    var id = known(call, "id");
    var file = FABRICS.configured(call.world());
    Fields.check(file.digest(), call.params().find("digest"));
    checkProtocol(call, id);
    var values = FABRIC_FIELDS.changed(file.values(id), call);
    checkFabric(id, values);
    file.put(id, "fabric", values);
    return null;
  }

  private static void checkProtocol(Call call, String fabric) {
    var protocol = FABRICS.configured(call.world()).values(fabric).get("protocol");
    if (!call.params().text("protocol").equals(protocol)) {
      throw Refusal.die("node has a different protocol than the referenced fabric");
    }
  }

  private static @Nullable Object delete(Call call) {
    var id = known(call, "id");
    FABRICS.configured(call.world()).remove(id);
    NODES.configured(call.world()).all().keySet().removeIf(member -> fabricOf(member).equals(id));
    return null;
  }

  private static @Nullable Object join(Call call) {
    var fabric = known(call, "fabric_id");
    var file = NODES.configured(call.world());
    if (file.has(memberId(call))) {
      throw Refusal.die(
          "node '%s' already exists in config for fabric %s"
              .formatted(call.params().text("node_id"), fabric));
    }
    checkProtocol(call, fabric);
    var values = NODE_FIELDS.given(call);
    checkNode(call, fabric, values);
    file.put(memberId(call), "node", values);
    return null;
  }

  private static void checkNode(Call call, String fabric, Map<String, String> values) {
    var prefixes = FABRICS.configured(call.world()).values(fabric);
    if (!values.containsKey("ip") && !values.containsKey("ip6")) {
      var node = call.params().text("node_id");
      throw Refusal.die("node '" + node + "' does not have an IP configured");
    }
    for (var name : List.of("ip", "ip6")) {
      var ip = values.get(name);
      var prefix = prefixes.get(name + "_prefix");
      if (ip == null) {
        continue;
      }
      if (prefix == null) {
        throw Refusal.die(
            "fabric '%s' does not have an IP prefix configured for the node IP %s"
                .formatted(fabric, ip));
      }
      if (!SubnetMethods.isWithin(ip, prefix)) {
        throw Refusal.die(
            "node IP %s is outside the IP prefix %s of the fabric".formatted(ip, prefix));
      }
      boolean isTaken =
          NODES.configured(call.world()).all().entrySet().stream()
              .filter(is -> fabricOf(is.getKey()).equals(fabric))
              .filter(is -> !is.getKey().equals(memberId(call)))
              .anyMatch(is -> ip.equals(is.getValue().values().get(name)));
      if (isTaken) {
        throw Refusal.die("fabric " + fabric + " contains nodes with duplicated IPs");
      }
    }
  }

  private static @Nullable Object change(Call call) {
    var id = member(call);
    var fabric = call.params().text("fabric_id");
    var file = NODES.configured(call.world());
    Fields.check(file.digest(), call.params().find("digest"));
    checkProtocol(call, fabric);
    var values = NODE_FIELDS.changed(file.values(id), call);
    checkNode(call, fabric, values);
    file.put(id, "node", values);
    return null;
  }

  private static @Nullable Object leave(Call call) {
    var id = member(call);
    NODES.configured(call.world()).remove(id);
    return null;
  }
}
