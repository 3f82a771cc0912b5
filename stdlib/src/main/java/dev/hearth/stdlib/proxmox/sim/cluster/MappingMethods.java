package dev.hearth.stdlib.proxmox.sim.cluster;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.PropertyFormat;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Fields;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.Sections;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/mapping/TYPE}: one name for what is another device or folder on each node. */
final class MappingMethods {
  private static final String DEVICE_ID = "[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}";
  private static final Set<String> FOLDERS =
      Set.of("/", "/etc", "/home", "/mnt", "/opt", "/root", "/srv", "/tmp", "/var", "/var/lib");
  private static final ValueFormat PATH =
      ValueFormat.of(
          "pve-storage-path-in-property-string",
          value ->
              value.matches("/[^;,=()]*")
                  ? Optional.empty()
                  : Optional.of(
                      "Value does not look like a valid absolute path. These symbols are currently"
                          + " not allowed in path: ;,=()\n"));

  private final String type;
  private final String what;
  private final PropertyFormat entry;
  private final Fields fields;

  private MappingMethods(
      String type, String what, PropertyFormat entry, Map<String, Param> ofType) {
    this.type = type;
    this.what = what;
    this.entry = entry;
    var params = new LinkedHashMap<String, Param>();
    params.put("description", Param.optional(string().maxLength(4096)));
    params.putAll(ofType);
    params.put("map", Param.list(formatted(entry)));
    this.fields = new Fields(params);
  }

  static List<ApiMethod> all() {
    var methods = new ArrayList<ApiMethod>();
    methods.add(
        ApiMethod.get("/cluster/mapping")
            .name("index")
            .allow(Check.anyUser())
            .answers(
                _ ->
                    List.of(
                        Item.of("name", "dir"), Item.of("name", "pci"), Item.of("name", "usb"))));
    methods.addAll(pci().methods());
    methods.addAll(usb().methods());
    methods.addAll(folders().methods());
    return methods;
  }

  private static MappingMethods pci() {
    var device = "(?:[a-f0-9]{4,}:[a-f0-9]{2}:[a-f0-9]{2}(?:\\.[a-f0-9])?)";
    return new MappingMethods(
        "pci",
        "hardware",
        PropertyFormat.named("map")
            .required("id", matching(DEVICE_ID))
            .required("node", formatted(Formats.NODE))
            .required("path", matching(device + "(?:;" + device + ")*"))
            .optional("description", string().maxLength(4096))
            .optional("iommugroup", integer())
            .optional("subsystem-id", matching(DEVICE_ID)),
        Map.of(
            "mdev", Param.optional(bool().orElse("0")),
            "live-migration-capable", Param.optional(bool().orElse("0"))));
  }

  private static MappingMethods usb() {
    return new MappingMethods(
        "usb",
        "hardware",
        PropertyFormat.named("map")
            .required("id", matching(DEVICE_ID))
            .required("node", formatted(Formats.NODE))
            .optional("path", matching("(\\d+)\\-(\\d+(\\.\\d+)*)"))
            .optional("description", string().maxLength(4096)),
        Map.of());
  }

  private static MappingMethods folders() {
    return new MappingMethods(
        "dir",
        "directory",
        PropertyFormat.named("map")
            .required("node", formatted(Formats.NODE))
            .required("path", formatted(PATH)),
        Map.of());
  }

  private List<ApiMethod> methods() {
    var all = "/cluster/mapping/" + type;
    var one = all + "/{id}";
    var id = Param.of(formatted(Formats.CONFIG_ID));
    var rights = "/mapping/" + type;
    var create = new LinkedHashMap<>(fields.params());
    create.put("map", new Param(formatted(entry), false, true, null));
    var update = type.equals("usb") ? create : fields.params();
    return List.of(
        ApiMethod.get(all)
            .name("index")
            .allow(Check.anyUser())
            .param("check-node", Param.optional(formatted(Formats.NODE)))
            .answers(this::list),
        ApiMethod.post(all)
            .name("create")
            .allow(Check.perm(rights, "Mapping.Modify"))
            .param("id", id)
            .params(create)
            .answers(this::create),
        ApiMethod.get(one).name("get").allow(readers(rights)).param("id", id).answers(this::read),
        ApiMethod.put(one)
            .name("update")
            .allow(Check.perm(rights + "/{id}", "Mapping.Modify"))
            .param("id", id)
            .params(update)
            .param("delete", Standard.DELETE)
            .param("digest", Standard.DIGEST)
            .answers(this::update),
        ApiMethod.delete(one)
            .name("delete")
            .allow(Check.perm(rights, "Mapping.Modify"))
            .param("id", id)
            .answers(this::delete));
  }

  private Check readers(String rights) {
    var use = Check.perm(rights + "/{id}", "Mapping.Use");
    var modify = Check.perm(rights + "/{id}", "Mapping.Modify");
    var audit = Check.perm(rights + "/{id}", "Mapping.Audit");
    return type.equals("usb") ? Check.or(audit, use, modify) : Check.or(use, modify, audit);
  }

  private Sections file(Call call) {
    return call.world().sections("mapping/" + type);
  }

  private Object list(Call call) {
    var node = call.params().find("check-node");
    var items = new ArrayList<Item>();
    file(call)
        .all()
        .forEach(
            (id, section) -> {
              var path = "/mapping/" + type + "/" + id;
              if (call.rights().hasAny(path, "Mapping.Modify", "Mapping.Use", "Mapping.Audit")) {
                var item = told(call, section.values()).with("id", id);
                if (node != null) {
                  item.with(
                      type.equals("usb") ? "errors" : "checks", checks(section.values(), node));
                }
                items.add(item);
              }
            });
    return items;
  }

  private Item told(Call call, Map<String, String> values) {
    return fields.told(values).with("type", type).with("digest", file(call).digest());
  }

  /** There are no devices on simulated nodes, so those that are mapped are missed. */
  private List<Item> checks(Map<String, String> values, String node) {
    var found = new ArrayList<Item>();
    for (var line : values.getOrDefault("map", "").lines().toList()) {
      var map = entry.parse(line);
      if (type.equals("dir") || !map.get("node").orElse("").equals(node)) {
        continue;
      }
      var device = map.get(type.equals("usb") ? "id" : "path").orElse("");
      found.add(
          Item.of("severity", "error")
              .with(
                  "message",
                  "Invalid configuration: " + type + " device '" + device + "' not found\n"));
    }
    return found;
  }

  private @Nullable Object create(Call call) {
    var id = call.params().text("id");
    checkFolders(call);
    return Fields.saying(
        "create " + what + " mapping failed",
        () -> {
          if (file(call).has(id)) {
            throw Refusal.die(type + " ID '" + id + "' already defined");
          }
          file(call).put(id, type, fields.given(call));
        });
  }

  private void checkFolders(Call call) {
    if (!type.equals("dir")) {
      return;
    }
    var nodes = new HashSet<String>();
    for (var line : call.params().array("map")) {
      var map = entry.parse(line);
      var path = map.get("path").orElse("");
      if (!hasFolder(call, path)) {
        throw Refusal.die("Path " + path + " does not exist");
      }
      var node = map.get("node").orElse("");
      if (!nodes.add(node)) {
        throw Refusal.die("Node '" + node + "' is specified 2 times.");
      }
    }
  }

  private static boolean hasFolder(Call call, String path) {
    return FOLDERS.contains(path)
        || call.world().storages().configs().stream()
            .anyMatch(config -> path.equals(config.properties().get("path")));
  }

  private Map<String, String> named(Call call) {
    var id = call.params().text("id");
    return file(call)
        .find(id)
        .map(Sections.Section::values)
        .orElseThrow(() -> Refusal.die("mapping '" + id + "' not found"));
  }

  private Object read(Call call) {
    return told(call, named(call));
  }

  private @Nullable Object update(Call call) {
    checkFolders(call);
    var id = call.params().text("id");
    return Fields.saying(
        "update " + what + " mapping failed",
        () -> {
          Fields.check(file(call).digest(), call.params().find("digest"));
          if (!file(call).has(id)) {
            throw Refusal.die(type + " ID '" + id + "' does not exist");
          }
          file(call).put(id, type, fields.changed(file(call).values(id), call));
        });
  }

  /** Removing what is not there is no error. */
  private @Nullable Object delete(Call call) {
    file(call).remove(call.params().text("id"));
    return null;
  }
}
