package dev.hearth.stdlib.proxmox.sim.cluster;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Fields;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Lines;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.Sections;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/acme/plugins}: how a node proves that a name is its own. */
final class AcmeMethods {
  private static final String ALL = "/cluster/acme/plugins";
  private static final String ONE = ALL + "/{id}";
  private static final String STANDALONE = "standalone";
  private static final Param ID = Param.of(formatted(Formats.CONFIG_ID));
  private static final Param TYPE = Param.of(oneOf("dns", STANDALONE));
  private static final Check MODIFY = Check.perm("/", "Sys.Modify");

  /** The providers of names that a node can write to. */
  static final List<String> APIS = Lines.of(AcmeMethods.class, "dns-apis.txt");

  private static final Fields FIELDS = new Fields(params());

  private AcmeMethods() {}

  private static Map<String, Param> params() {
    var params = new LinkedHashMap<String, Param>();
    params.put("api", Param.optional(oneOf(APIS)));
    params.put("data", Param.optional(string()));
    params.put("disable", Param.optional(bool()));
    params.put("nodes", Param.optional(formatted(Formats.NODE.list())));
    params.put("validation-delay", Param.optional(integer().min(0).max(172_800).orElse("30")));
    return params;
  }

  static List<ApiMethod> all() {
    return List.of(
        ApiMethod.get("/cluster/acme")
            .name("index")
            .allow(Check.anyUser())
            .answers(
                _ ->
                    Directories.named(
                        "account", "tos", "meta", "directories", "plugins", "challenge-schema")),
        ApiMethod.get(ALL)
            .name("index")
            .allow(MODIFY)
            .param("type", TYPE.asOptional())
            .answers(AcmeMethods::list),
        ApiMethod.post(ALL)
            .name("add_plugin")
            .allow(MODIFY)
            .param("id", ID)
            .param("type", TYPE)
            .params(FIELDS.params())
            .answers(AcmeMethods::create),
        ApiMethod.get(ONE)
            .name("get_plugin_config")
            .allow(MODIFY)
            .param("id", ID)
            .answers(AcmeMethods::read),
        ApiMethod.put(ONE)
            .name("update_plugin")
            .allow(MODIFY)
            .param("id", ID)
            .params(FIELDS.params())
            .param("delete", Standard.DELETE)
            .param("digest", Standard.DIGEST)
            .answers(AcmeMethods::update),
        ApiMethod.delete(ONE)
            .name("delete_plugin")
            .allow(MODIFY)
            .param("id", ID)
            .answers(AcmeMethods::delete));
  }

  private static Sections file(Call call) {
    return call.world().sections("acme/plugins");
  }

  private static Item told(Call call, String id, String type, Map<String, String> values) {
    return FIELDS
        .told(values)
        .with("plugin", id)
        .with("type", type)
        .with("digest", file(call).digest());
  }

  private static Object list(Call call) {
    var type = call.params().find("type");
    var items = new ArrayList<Item>();
    items.add(told(call, STANDALONE, STANDALONE, Map.of()));
    file(call)
        .all()
        .forEach((id, plugin) -> items.add(told(call, id, plugin.type(), plugin.values())));
    items.removeIf(item -> type != null && !type.equals(item.get("type")));
    return items;
  }

  private static @Nullable Object create(Call call) {
    var id = call.params().text("id");
    if (file(call).has(id) || id.equals(STANDALONE)) {
      throw Refusal.die("ACME plugin ID '" + id + "' already exists");
    }
    file(call).put(id, call.params().text("type"), decoded(FIELDS.given(call)));
    return null;
  }

  /** What a plugin needs to know comes as Base64, and is told as it is. */
  private static Map<String, String> decoded(Map<String, String> values) {
    values.computeIfPresent(
        "data", (_, data) -> new String(Base64.getMimeDecoder().decode(data), UTF_8));
    return values;
  }

  private static Sections.Section named(Call call) {
    var id = call.params().text("id");
    return file(call)
        .find(id)
        .orElseThrow(() -> Refusal.die("ACME plugin '" + id + "' not defined"));
  }

  private static Object read(Call call) {
    var id = call.params().text("id");
    if (id.equals(STANDALONE)) {
      return told(call, id, id, Map.of());
    }
    var plugin = named(call);
    return told(call, id, plugin.type(), plugin.values());
  }

  private static @Nullable Object update(Call call) {
    var plugin = named(call);
    Fields.check(file(call).digest(), call.params().find("digest"));
    var values = new LinkedHashMap<>(plugin.values());
    call.params().list("delete").forEach(values::remove);
    values.putAll(decoded(FIELDS.given(call)));
    file(call).put(call.params().text("id"), plugin.type(), values);
    return null;
  }

  private static @Nullable Object delete(Call call) {
    named(call);
    file(call).remove(call.params().text("id"));
    return null;
  }
}
