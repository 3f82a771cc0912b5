package dev.hearth.stdlib.proxmox.sim.cluster;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/qemu}: processor models of one's own, and what flags there are. */
final class CpuModels {
  private static final String ALL = "/cluster/qemu/custom-cpu-models";
  private static final String ONE = ALL + "/{cputype}";
  private static final String PREFIX = "custom-";
  private static final String[] SEEING = {"Mapping.Modify", "Mapping.Use", "Mapping.Audit"};
  private static final ValueFormat BITS =
      ValueFormat.of(
          "pve-phys-bits",
          value ->
              value.equals("host") || value.matches("[89]|[1-5]\\d|6[0-4]")
                  ? Optional.empty()
                  : Optional.of("value must be an integer between 8 and 64 or 'host'\n"));
  private static final Fields FIELDS = new Fields(params());
  private static final Param NAME = Param.of(formatted(Formats.CONFIG_ID).maxLength(40));

  private CpuModels() {}

  private static Map<String, Param> params() {
    var params = new LinkedHashMap<String, Param>();
    params.put(
        "flags", Param.optional(matching("[+-][a-zA-Z0-9\\-_.]++(?:;[+-][a-zA-Z0-9\\-_.]++)*+")));
    params.put("guest-phys-bits", Param.optional(integer().min(32).max(64)));
    params.put("hidden", Param.optional(bool().orElse("0")));
    params.put("hv-vendor-id", Param.optional(matching("[a-zA-Z0-9]{1,12}")));
    params.put("level", Param.optional(integer().min(0).max(4_294_967_295L)));
    params.put("phys-bits", Param.optional(formatted(BITS)));
    params.put(
        "reported-model",
        Param.optional(oneOf(Lines.of(CpuModels.class, "cpu-models.txt")).orElse("kvm64")));
    return params;
  }

  static List<ApiMethod> all() {
    var modify = Check.perm("/mapping/cpu/{cputype}", "Mapping.Modify");
    var create = new LinkedHashMap<>(FIELDS.params());
    create.computeIfPresent("reported-model", (_, param) -> Param.of(param.type()));
    var accel = Param.optional(oneOf("kvm", "tcg").orElse("kvm"));
    var arch = Param.optional(oneOf("x86_64", "aarch64"));
    return List.of(
        ApiMethod.get("/cluster/qemu")
            .name("index")
            .allow(Check.anyUser())
            .answers(_ -> Directories.named("custom-cpu-models", "cpu-flags")),
        ApiMethod.get(ALL).name("config").allow(Check.anyUser()).answers(CpuModels::list),
        ApiMethod.post(ALL)
            .name("create")
            .allow(Check.perm("/mapping/cpu", "Mapping.Modify"))
            .param("cputype", NAME)
            .params(create)
            .answers(CpuModels::create),
        ApiMethod.get(ONE)
            .name("info")
            .allow(
                Check.or(
                    Check.perm("/mapping/cpu/{cputype}", "Mapping.Audit"),
                    Check.perm("/mapping/cpu/{cputype}", "Mapping.Use"),
                    modify))
            .param("cputype", Param.of(string()))
            .answers(CpuModels::read),
        ApiMethod.put(ONE)
            .name("update")
            .allow(modify)
            .param("cputype", NAME)
            .params(FIELDS.params())
            .param("delete", Param.optional(formatted(Formats.CONFIG_ID.list())))
            .param("digest", Standard.DIGEST)
            .answers(CpuModels::update),
        ApiMethod.delete(ONE)
            .name("delete")
            .allow(modify)
            .param("cputype", Param.of(string()))
            .answers(CpuModels::delete),
        ApiMethod.get("/cluster/qemu/cpu-flags")
            .name("index")
            .allow(
                Check.or(
                    Check.perm("/nodes", "Sys.Audit"),
                    Check.permAny(
                        "/mapping/cpu", "Mapping.Audit", "Mapping.Use", "Mapping.Modify")))
            .param("accel", accel)
            .param("arch", arch)
            .answers(CpuModels::flags),
        ApiMethod.get("/nodes/{node}/capabilities/qemu/cpu-flags")
            .name("index")
            .allow(Check.anyUser())
            .param("node", Standard.NODE)
            .param("accel", accel)
            .param("arch", arch)
            .answers(CpuModels::flags),
        ApiMethod.get("/nodes/{node}/capabilities/qemu/migration")
            .name("capabilities")
            .allow(Check.perm("/nodes/{node}", "Sys.Audit"))
            .param("node", Standard.NODE)
            .answers(_ -> Item.of("has-dbus-vmstate", 1)));
  }

  private static Sections file(Call call) {
    return call.world().sections("cpu-models");
  }

  /** The name without its prefix, which may be left out. */
  private static String name(Call call) {
    return call.params().text("cputype").replaceFirst("^" + PREFIX, "");
  }

  private static String known(Call call) {
    if (!file(call).has(name(call))) {
      throw Refusal.die("custom CPU model '" + name(call) + "' does not exist");
    }
    return name(call);
  }

  private static Item told(Call call, String name) {
    return FIELDS
        .told(file(call).values(name))
        .with("cputype", PREFIX + name)
        .with("digest", file(call).digest());
  }

  private static Object list(Call call) {
    return file(call).all().keySet().stream()
        .sorted()
        .filter(name -> call.rights().hasAny("/mapping/cpu/" + name, SEEING))
        .map(name -> told(call, name))
        .toList();
  }

  private static @Nullable Object create(Call call) {
    if (file(call).has(name(call))) {
      throw Refusal.die("custom CPU model '" + name(call) + "' already exists");
    }
    file(call).put(name(call), "cpu-model", FIELDS.given(call));
    return null;
  }

  private static Object read(Call call) {
    if (!file(call).has(name(call))) {
      throw Refusal.die("Custom cputype '" + name(call) + "' not found");
    }
    return told(call, name(call));
  }

  private static @Nullable Object update(Call call) {
    var deleted = call.params().list("delete");
    if (deleted.contains("cputype")) {
      throw Refusal.die("cannot delete 'cputype'");
    }
    Fields.check(file(call).digest(), call.params().find("digest"));
    var name = known(call);
    for (var property : deleted) {
      if (!FIELDS.params().containsKey(property)) {
        throw Refusal.die("no such option '" + property + "'");
      }
      if (call.params().has(property)) {
        throw Refusal.die("cannot set and delete property '" + property + "' at the same time!");
      }
    }
    file(call).put(name, "cpu-model", FIELDS.changed(file(call).values(name), call));
    return null;
  }

  private static @Nullable Object delete(Call call) {
    file(call).remove(known(call));
    return null;
  }

  private static Object flags(Call call) {
    var nodes = List.copyOf(call.world().nodes().keySet());
    return Lines.of(CpuModels.class, "cpu-flags.txt").stream()
        .map(line -> line.split("\\|", 2))
        .map(
            parts ->
                Item.of("name", parts[0]).with("description", parts[1]).with("supported-on", nodes))
        .toList();
  }
}
