package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Params;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.task.Task;
import dev.hearth.stdlib.proxmox.sim.task.Upid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /nodes/{node}/tasks} and {@code /cluster/tasks}. */
public final class TaskMethods {
  private static final int RECENT = 25;
  private static final Set<String> STATUS_TYPES = Set.of("ok", "error", "warning", "unknown");
  private static final ValueFormat STATUS_TYPE =
      ValueFormat.of(
          "pve-task-status-type",
          value ->
              STATUS_TYPES.contains(value.toLowerCase(Locale.ROOT))
                  ? Optional.empty()
                  : Optional.of("invalid task state '" + value + "'\n"));

  /** Newest first, as every list has them. */
  private static final Comparator<Task> NEWEST =
      Comparator.comparingLong((Task task) -> task.upid().pid()).reversed();

  private TaskMethods() {}

  public static List<ApiMethod> all() {
    return List.of(
        ApiMethod.get("/cluster/tasks")
            .name("tasks")
            .allow(Check.anyUser())
            .answers(TaskMethods::recent),
        ApiMethod.get("/nodes/{node}/tasks")
            .name("node_tasks")
            .allow(Check.anyUser())
            .param("node", Standard.NODE)
            .param("start", Param.optional(integer().min(0).orElse("0")))
            .param("limit", Param.optional(integer().min(0).orElse("50")))
            .param("userfilter", Param.optional(string()))
            .param("typefilter", Param.optional(string()))
            .param("vmid", Standard.VMID.asOptional())
            .param("errors", Param.optional(bool().orElse("0")))
            .param("source", Param.optional(oneOf("archive", "active", "all").orElse("archive")))
            .param("since", Param.optional(integer()))
            .param("until", Param.optional(integer()))
            .param("statusfilter", Param.optional(formatted(STATUS_TYPE.list())))
            .answers(TaskMethods::list),
        one("GET", "/nodes/{node}/tasks/{upid}", "upid_index")
            .answers(call -> Directories.named("log", "status")),
        one("DELETE", "/nodes/{node}/tasks/{upid}", "stop_task").answers(TaskMethods::stop),
        one("GET", "/nodes/{node}/tasks/{upid}/status", "read_task_status")
            .answers(TaskMethods::status),
        one("GET", "/nodes/{node}/tasks/{upid}/log", "read_task_log")
            .param("start", Param.optional(integer().min(0).orElse("0")))
            .param("limit", Param.optional(integer().min(0).orElse("50")))
            .param("download", Param.optional(bool()))
            .answers(TaskMethods::log));
  }

  private static ApiMethod one(String verb, String path, String name) {
    return ApiMethod.of(verb, path)
        .name(name)
        .allow(Check.anyUser())
        .param("node", Standard.NODE)
        .param("upid", Param.of(string()));
  }

  private static Object recent(Call call) {
    boolean seesAll = call.rights().has("/", "Sys.Audit");
    return call.world().tasks().all().stream()
        .filter(task -> seesAll || task.upid().userid().equals(call.user()))
        .sorted(NEWEST)
        .limit(RECENT)
        .map(
            task ->
                described(task.upid())
                    .withKnown("status", task.exitStatus())
                    .withKnown("endtime", task.isRunning() ? null : task.endtime())
                    .withKnown("saved", task.isRunning() ? null : "1"))
        .toList();
  }

  private static Item described(Upid upid) {
    return Item.of("upid", upid.toString())
        .with("node", upid.node())
        .with("starttime", upid.starttime())
        .with("type", upid.type())
        .with("id", upid.id())
        .with("user", upid.userid())
        .withKnown("tokenid", upid.tokenid());
  }

  private static Item process(Upid upid) {
    return described(upid).with("pid", upid.pid()).with("pstart", upid.pstart());
  }

  private static Object list(Call call) {
    var params = call.params();
    var source = params.text("source", "archive");
    boolean isAuditor = call.rights().has("/nodes/" + call.node(), "Sys.Audit");
    var wanted =
        call.world().tasks().all().stream()
            .filter(task -> task.upid().node().equals(call.node()))
            .filter(task -> !source.equals(task.isRunning() ? "archive" : "active"))
            .filter(task -> isAuditor || isOwn(task, call.user()))
            .filter(task -> passes(task, params))
            .sorted(NEWEST)
            .toList();
    call.total(wanted.size());
    long limit = params.integer("limit", 50);
    return wanted.stream()
        .skip(params.integer("start", 0))
        .limit(limit == 0 ? Long.MAX_VALUE : limit)
        .map(
            task ->
                process(task.upid())
                    .with("status", task.isRunning() ? "RUNNING" : task.exitStatus())
                    .withKnown("endtime", task.isRunning() ? null : task.endtime()))
        .toList();
  }

  private static boolean passes(Task task, Params params) {
    var upid = task.upid();
    var user = params.find("userfilter");
    var type = params.find("typefilter");
    var vmid = params.find("vmid");
    var states = params.list("statusfilter");
    return (user == null
            || upid.user().toLowerCase(Locale.ROOT).contains(user.toLowerCase(Locale.ROOT)))
        && (type == null || upid.type().equals(type))
        && (vmid == null || upid.id().equals(vmid))
        && upid.starttime() >= params.integer("since", Long.MIN_VALUE)
        && upid.starttime() <= params.integer("until", Long.MAX_VALUE)
        && (!params.flag("errors") || !List.of("ok", "running").contains(stateOf(task)))
        && (states.isEmpty()
            || states.stream().anyMatch(s -> s.toLowerCase(Locale.ROOT).equals(stateOf(task))));
  }

  private static String stateOf(Task task) {
    var status = task.exitStatus();
    if (status == null) {
      return "running";
    }
    if (status.equals("OK")) {
      return "ok";
    }
    return status.startsWith("WARNINGS: ") ? "warning" : "error";
  }

  /** Whether a task is the caller's: tokens see their own, users also those of their tokens. */
  private static boolean isOwn(Task task, String caller) {
    return task.upid().user().equals(caller) || task.upid().userid().equals(caller);
  }

  private static Task named(Call call) {
    var upid = Upid.parse(call.params().text("upid"));
    return call.world()
        .tasks()
        .find(upid.toString())
        .filter(task -> upid.node().equals(call.node()))
        .orElseThrow(() -> Refusal.parameter("upid", "no such task"));
  }

  private static Task visible(Call call, String privilege) {
    var task = named(call);
    if (!isOwn(task, call.user())) {
      call.rights().check("/nodes/" + call.node(), privilege);
    }
    return task;
  }

  private static @Nullable Object stop(Call call) {
    call.world().tasks().stop(visible(call, "Sys.Modify"));
    return null;
  }

  private static Object status(Call call) {
    var task = visible(call, "Sys.Audit");
    return process(task.upid())
        .with("status", task.isRunning() ? "running" : "stopped")
        .withKnown("exitstatus", task.exitStatus());
  }

  private static Object log(Call call) {
    var lines = visible(call, "Sys.Audit").log();
    int start = (int) call.params().integer("start", 0);
    long limit = call.params().integer("limit", 50);
    var entries = new ArrayList<Item>();
    for (int i = start; i < lines.size() && (limit == 0 || entries.size() < limit); i++) {
      entries.add(Item.of("n", i + 1).with("t", lines.get(i)));
    }
    if (lines.isEmpty()) {
      entries.add(Item.of("n", 1).with("t", "no content"));
    }
    call.total(Math.max(1, lines.size()));
    return entries;
  }
}
