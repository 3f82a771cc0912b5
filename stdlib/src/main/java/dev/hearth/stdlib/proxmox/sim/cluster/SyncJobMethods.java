package dev.hearth.stdlib.proxmox.sim.cluster;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Fields;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.backup.Schedule;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.Sections;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/jobs/realm-sync}: fetching users from a directory, of which there is none. */
final class SyncJobMethods {
  private static final String ALL = "/cluster/jobs/realm-sync";
  private static final String ONE = ALL + "/{id}";
  private static final Param ID = Param.of(string().format(Formats.CONFIG_ID).maxLength(64));
  private static final String MODES = "acl|properties|entry";
  private static final Fields FIELDS = new Fields(params());

  private SyncJobMethods() {}

  private static Map<String, Param> params() {
    var params = new LinkedHashMap<String, Param>();
    params.put("schedule", Param.of(string().format(Schedule.FORMAT).maxLength(128)));
    params.put("comment", Param.optional(string().maxLength(512)));
    params.put("enable-new", Param.optional(bool().orElse("1")));
    params.put("enabled", Param.optional(bool().orElse("1")));
    params.put(
        "remove-vanished",
        Param.optional(matching("(?:(?:(?:" + MODES + ");)*(?:" + MODES + "))|none")));
    params.put("scope", Param.optional(oneOf("users", "groups", "both")));
    return params;
  }

  static List<ApiMethod> all() {
    var writers =
        Check.and(
            Check.perm("/access/realm/{realm}", "Realm.AllocateUser"),
            Check.perm("/access/groups", "User.Modify"));
    return List.of(
        ApiMethod.get("/cluster/jobs")
            .name("index")
            .allow(Check.anyUser())
            .answers(_ -> Directories.of("schedule-analyze", "realm-sync")),
        ApiMethod.get(ALL)
            .name("syncjob_index")
            .allow(Check.perm("/", "Sys.Audit"))
            .answers(SyncJobMethods::list),
        ApiMethod.get(ONE)
            .name("read_job")
            .allow(Check.perm("/", "Sys.Audit"))
            .param("id", Param.of(formatted(Formats.CONFIG_ID)))
            .answers(SyncJobMethods::read),
        ApiMethod.post(ONE)
            .name("create_job")
            .allow(writers)
            .param("id", ID)
            .param("realm", Param.optional(string().maxLength(32)))
            .params(FIELDS.params())
            .answers(SyncJobMethods::create),
        ApiMethod.put(ONE)
            .name("update_job")
            .allow(writers)
            .param("id", ID)
            .params(FIELDS.params())
            .param("delete", Standard.DELETE)
            .answers(SyncJobMethods::update),
        ApiMethod.delete(ONE)
            .name("delete_job")
            .allow(Check.perm("/", "Sys.Modify"))
            .param("id", Param.of(formatted(Formats.CONFIG_ID)))
            .answers(SyncJobMethods::delete));
  }

  private static Sections file(Call call) {
    return call.world().sections("jobs/realm-sync");
  }

  private static Object list(Call call) {
    var items = new ArrayList<Item>();
    file(call).all().forEach((id, job) -> items.add(FIELDS.told(job.values()).with("id", id)));
    return items;
  }

  private static Refusal unknown(Call call) {
    return Refusal.parameter("id", "No such job '" + call.params().text("id") + "'");
  }

  private static Object read(Call call) {
    var job = file(call).find(call.params().text("id")).orElseThrow(() -> unknown(call));
    return FIELDS.told(job.values()).with("id", call.params().text("id"));
  }

  /** What is wrong within the file's lock is told as a plain failure. */
  private static Refusal plain(Refusal refusal) {
    return Refusal.die(refusal.text());
  }

  private static @Nullable Object create(Call call) {
    var realm = call.params().text("realm", "");
    var known = call.world().accounts().realms().get(realm);
    if (known == null || !known.isDirectory()) {
      throw plain(Refusal.parameter("realm", "Only LDAP/AD realms can be synced."));
    }
    var values = FIELDS.given(call);
    values.put("realm", realm);
    file(call).put(call.params().text("id"), "realm-sync", values);
    return null;
  }

  private static @Nullable Object update(Call call) {
    var id = call.params().text("id");
    if (!file(call).has(id)) {
      throw plain(unknown(call));
    }
    file(call).put(id, "realm-sync", FIELDS.changed(file(call).values(id), call));
    return null;
  }

  private static @Nullable Object delete(Call call) {
    if (!file(call).has(call.params().text("id"))) {
      throw plain(unknown(call));
    }
    file(call).remove(call.params().text("id"));
    return null;
  }
}
