package dev.hearth.stdlib.proxmox.sim.replication;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.number;
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
import dev.hearth.stdlib.proxmox.sim.api.SectionFile;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.backup.Schedule;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/replication} and its state on each node. */
public final class ReplicationMethods {
  private static final String ALL = "/cluster/replication";
  private static final String ONE = ALL + "/{id}";
  private static final String ON_NODE = "/nodes/{node}/replication";
  private static final String ID = "[1-9][0-9]{2,8}-\\d{1,9}";
  private static final Pattern VOLUME =
      Pattern.compile("((?:scsi|virtio|sata|ide|efidisk|tpmstate|mp)\\d+|rootfs)");
  private static final Param JOB =
      Param.of(
          string()
              .format(
                  ValueFormat.of(
                      "pve-replication-job-id",
                      value ->
                          value.matches(ID)
                              ? Optional.empty()
                              : Optional.of("invalid replication job id '" + value + "'\n"))));
  private static final int FIRST_WITH_OWN_PRIVILEGE = 9;
  private static final SectionFile FILE =
      new SectionFile(
          "replication",
          "id",
          new Fields(params()),
          "no such replication job '%s'",
          "replication job '%s' already exists");

  private final int major;

  private ReplicationMethods(int major) {
    this.major = major;
  }

  private static Map<String, Param> params() {
    var params = new LinkedHashMap<String, Param>();
    params.put("comment", Param.optional(string().maxLength(4096)));
    params.put("disable", Param.optional(bool()));
    params.put("rate", Param.optional(number().min(1)));
    params.put("remove_job", Param.optional(oneOf("local", "full")));
    params.put("schedule", Param.optional(string().format(Schedule.FORMAT).maxLength(128)));
    params.put("source", Param.optional(formatted(Formats.NODE)));
    return params;
  }

  /** The methods of a major version of Proxmox VE. */
  public static List<ApiMethod> of(int major) {
    return new ReplicationMethods(major).all();
  }

  /** Until version 9 it took a right on storages, since then one on the guest. */
  private Check writers() {
    return major >= FIRST_WITH_OWN_PRIVILEGE
        ? Check.anyUser()
        : Check.perm("/storage", "Datastore.Allocate");
  }

  private List<ApiMethod> all() {
    return List.of(
        ApiMethod.get(ALL)
            .name("index")
            .allow(Check.anyUser())
            .answers(call -> visible(call).stream().map(id -> told(call, id)).toList()),
        ApiMethod.post(ALL)
            .name("create")
            .allow(writers())
            .param("id", JOB)
            .param("type", Param.of(oneOf("local")))
            .param("target", Param.of(formatted(Formats.NODE)))
            .params(FILE.fields().params())
            .answers(this::create),
        one("GET", ONE, "read").allow(Check.anyUser()).answers(this::read),
        one("PUT", ONE, "update")
            .allow(writers())
            .params(FILE.fields().params())
            .param("delete", Standard.DELETE)
            .param("digest", Standard.DIGEST)
            .answers(this::update),
        one("DELETE", ONE, "delete")
            .allow(writers())
            .param("force", Param.optional(bool().orElse("0")))
            .param("keep", Param.optional(bool().orElse("0")))
            .answers(this::delete),
        ApiMethod.get(ON_NODE)
            .name("status")
            .allow(Check.anyUser())
            .param("node", Standard.NODE)
            .param("guest", Standard.VMID.asOptional())
            .answers(this::onNode),
        onNode("GET", "", "index").answers(_ -> Directories.named("log", "schedule_now", "status")),
        onNode("GET", "/status", "job_status").answers(call -> state(call, existing(call))),
        onNode("GET", "/log", "read_job_log")
            .param("start", Param.optional(integer().min(0)))
            .param("limit", Param.optional(integer().min(0)))
            .answers(ReplicationMethods::log),
        one("POST", ON_NODE + "/{id}/schedule_now", "schedule_now")
            .allow(writers())
            .param("node", Standard.NODE)
            .answers(this::run));
  }

  private static ApiMethod one(String verb, String path, String name) {
    return ApiMethod.of(verb, path).name(name).param("id", JOB);
  }

  private static ApiMethod onNode(String verb, String more, String name) {
    return one(verb, ON_NODE + "/{id}" + more, name)
        .allow(Check.anyUser())
        .param("node", Standard.NODE);
  }

  private static String vmid(String id) {
    return id.substring(0, id.indexOf('-'));
  }

  private static List<String> visible(Call call) {
    return FILE.of(call).all().keySet().stream()
        .filter(id -> call.rights().has("/vms/" + vmid(id), "VM.Audit"))
        .toList();
  }

  private static Item told(Call call, String id) {
    var job = FILE.of(call).find(id).orElseThrow();
    return FILE.told(call, id, job)
        .with("guest", Integer.valueOf(vmid(id)))
        .with("jobnum", Integer.valueOf(id.substring(id.indexOf('-') + 1)));
  }

  private void checkRight(Call call) {
    if (major >= FIRST_WITH_OWN_PRIVILEGE) {
      call.rights().check("/vms/" + vmid(call.params().text("id")), "VM.Replicate");
    }
  }

  private @Nullable Object create(Call call) {
    checkRight(call);
    var id = call.params().text("id");
    var world = call.world();
    var guest = world.guests().get(Integer.valueOf(vmid(id)));
    if (guest == null) {
      throw Refusal.die("Guest '" + vmid(id) + "' does not exist.");
    }
    var target = call.params().text("target");
    // A node that is alone is no member of a cluster, and so no target either.
    if (!world.nodes().containsKey(target) || world.nodes().size() == 1) {
      throw Refusal.die("Target '" + target + "' does not exist.");
    }
    if (target.equals(guest.node())) {
      throw Refusal.die("Source and target are the same node '" + target + "'.");
    }
    FILE.checkFree(call);
    checkVolumes(call, guest);
    var values = FILE.fields().given(call);
    values.put("target", target);
    values.putIfAbsent("source", guest.node());
    FILE.add(call, "local", values);
    return null;
  }

  /** Only storages that can send what changed have volumes that can be replicated. */
  private static void checkVolumes(Call call, Guest guest) {
    guest
        .config()
        .forEach(
            (key, value) -> {
              var volid = value.split(",", 2)[0].replaceFirst("^file=|^volume=", "");
              int colon = volid.indexOf(':');
              if (!VOLUME.matcher(key).matches() || colon < 0 || value.contains("media=cdrom")) {
                return;
              }
              var storage = call.world().storages().config(volid.substring(0, colon));
              if (!storage.type().equals("zfspool") && !value.contains("replicate=0")) {
                throw Refusal.die("missing replicate feature on volume '" + volid + "'");
              }
            });
  }

  private static String existing(Call call) {
    FILE.named(call);
    var id = FILE.id(call);
    call.rights().check("/vms/" + vmid(id), "VM.Audit");
    return id;
  }

  private Object read(Call call) {
    return told(call, existing(call));
  }

  private @Nullable Object update(Call call) {
    checkRight(call);
    existing(call);
    return FILE.change(call, (_, _) -> {});
  }

  private @Nullable Object delete(Call call) {
    checkRight(call);
    existing(call);
    return FILE.remove(call);
  }

  private Object onNode(Call call) {
    var wanted = call.params().find("guest");
    var items = new ArrayList<Item>();
    for (var id : visible(call)) {
      var guest = call.world().guests().get(Integer.valueOf(vmid(id)));
      boolean isHere = guest != null && guest.node().equals(call.node());
      if (isHere && (wanted == null || wanted.equals(vmid(id)))) {
        items.add(state(call, id));
      }
    }
    return items;
  }

  private static Map<String, String> kept(Call call, String id) {
    return call.world().sections("replication-state").edit(id);
  }

  private static Item state(Call call, String id) {
    var guest = call.world().guests().get(Integer.valueOf(vmid(id)));
    long last = Long.parseLong(kept(call, id).getOrDefault("last", "0"));
    var schedule = FILE.of(call).values(id).getOrDefault("schedule", "*/15");
    var next = Schedule.parse(schedule).map(event -> event.after(call.world().now())).orElse(0L);
    var item = told(call, id).with("vmtype", guest == null ? "qemu" : guest.type());
    item.remove("digest");
    return item.with("last_sync", last)
        .with("last_try", last)
        .with("next_sync", next)
        .with("fail_count", 0)
        .with("duration", last == 0 ? 0 : 1);
  }

  private static Object log(Call call) {
    var id = existing(call);
    var last = kept(call, id).get("last");
    call.total(1);
    return List.of(
        Item.of("n", 1)
            .with("t", last == null ? "no content" : id + ": end replication job at " + last));
  }

  /** The scheduler of the real one takes it up within a minute; here it is done at once. */
  private @Nullable Object run(Call call) {
    checkRight(call);
    kept(call, existing(call)).put("last", String.valueOf(call.world().now()));
    return null;
  }
}
