package dev.hearth.stdlib.proxmox.sim.ha;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Fields;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.SectionFile;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/ha/groups}: nodes that services prefer; since version 9 there are rules. */
final class GroupMethods {
  private static final String ALL = "/cluster/ha/groups";
  private static final String ONE = ALL + "/{group}";
  private static final Check AUDIT = Check.perm("/", "Sys.Audit");
  private static final Check CONSOLE = Check.perm("/", "Sys.Console");
  static final ValueFormat NODE =
      ValueFormat.of(
          "pve-ha-group-node",
          value ->
              value.matches("[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(:\\d+)?")
                  ? Optional.empty()
                  : Optional.of("value does not look like a valid ha group node\n"));
  private static final Param GROUP = Param.of(formatted(Formats.CONFIG_ID));
  private static final SectionFile FILE =
      new SectionFile(
          "ha/groups",
          "group",
          new Fields(params()),
          "no such ha group '%s'",
          "ha group ID '%s' already defined");

  private GroupMethods() {}

  private static Map<String, Param> params() {
    var params = new LinkedHashMap<String, Param>();
    params.put("nodes", Param.optional(formatted(NODE.list())));
    params.put("comment", Param.optional(string().maxLength(4096)));
    params.put("nofailback", Param.optional(bool().orElse("0")));
    params.put("restricted", Param.optional(bool().orElse("0")));
    return params;
  }

  static List<ApiMethod> all() {
    var create = new LinkedHashMap<>(FILE.fields().params());
    create.put("nodes", Param.of(formatted(NODE.list())));
    return List.of(
        ApiMethod.get(ALL).name("index").allow(AUDIT).answers(GroupMethods::list),
        ApiMethod.post(ALL)
            .name("create")
            .allow(CONSOLE)
            .param("group", GROUP)
            .param("type", Param.optional(oneOf("group")))
            .params(create)
            .answers(GroupMethods::create),
        ApiMethod.get(ONE)
            .name("read")
            .allow(AUDIT)
            .param("group", GROUP)
            .answers(GroupMethods::read),
        ApiMethod.put(ONE)
            .name("update")
            .allow(CONSOLE)
            .param("group", GROUP)
            .params(FILE.fields().params())
            .param("delete", Standard.DELETE)
            .param("digest", Standard.DIGEST)
            .answers(GroupMethods::update),
        ApiMethod.delete(ONE)
            .name("delete")
            .allow(CONSOLE)
            .param("group", GROUP)
            .answers(GroupMethods::delete));
  }

  static boolean exists(World world, String group) {
    return world.sections(FILE.name()).has(group);
  }

  private static void checkUsable(Call call) {
    if (HaMethods.hasRules(call.world())) {
      throw Refusal.die("ha groups have been migrated to rules");
    }
  }

  private static Object list(Call call) {
    checkUsable(call);
    return FILE.list(call);
  }

  private static @Nullable Object create(Call call) {
    checkUsable(call);
    return Fields.saying(
        "create ha group failed", () -> FILE.add(call, "group", FILE.fields().given(call)));
  }

  private static Object read(Call call) {
    checkUsable(call);
    return FILE.read(call);
  }

  private static @Nullable Object update(Call call) {
    return Fields.saying(
        "update ha group failed",
        () -> {
          checkUsable(call);
          FILE.change(call, (_, _) -> {});
        });
  }

  private static @Nullable Object delete(Call call) {
    var id = FILE.id(call);
    return Fields.saying(
        "delete ha group failed",
        () -> {
          checkUsable(call);
          FILE.named(call);
          HaResources.file(call.world())
              .all()
              .forEach(
                  (sid, service) -> {
                    if (id.equals(service.values().get("group"))) {
                      throw Refusal.die("ha group is used by service '" + sid + "'");
                    }
                  });
          FILE.remove(call);
        });
  }
}
