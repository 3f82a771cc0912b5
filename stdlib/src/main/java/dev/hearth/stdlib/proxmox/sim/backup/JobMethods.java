package dev.hearth.stdlib.proxmox.sim.backup;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/backup}: backups that are made again and again, and who is in none of them. */
public final class JobMethods {
  private static final String ALL = "/cluster/backup";
  private static final String ONE = ALL + "/{id}";
  private static final Check AUDIT = Check.perm("/", "Sys.Audit");
  private static final Check MODIFY = Check.perm("/", "Sys.Modify");
  private static final Param ID = Param.of(matching("\\S+").maxLength(50));
  private static final Set<String> NUMBERS =
      Set.of(
          "all",
          "bwlimit",
          "enabled",
          "ionice",
          "lockwait",
          "maxfiles",
          "pigz",
          "protected",
          "quiet",
          "remove",
          "repeat-missed",
          "stdexcludes",
          "stop",
          "stopwait",
          "zstd");
  private static final Set<String> STRUCTURED = Set.of("prune-backups", "performance", "fleecing");
  private static final ValueFormat WEEKDAY =
      ValueFormat.of(
          "pve-day-of-week",
          value ->
              value.matches("mon|tue|wed|thu|fri|sat|sun")
                  ? Optional.empty()
                  : Optional.of("invalid day '" + value + "'\n"));

  private final Map<String, Param> options;

  private JobMethods(int major) {
    this.options = new LinkedHashMap<>(BackupOptions.params(major));
    options.put("comment", Param.optional(string().maxLength(512)));
    options.put("enabled", Param.optional(bool().orElse("1")));
    options.put("repeat-missed", Param.optional(bool().orElse("0")));
    options.put("schedule", Param.optional(formatted(Schedule.FORMAT).maxLength(128)));
    options.put("starttime", Param.optional(matching("\\d{1,2}:\\d{1,2}")));
    options.put("dow", Param.optional(formatted(WEEKDAY.list())).requires("starttime"));
  }

  /** The methods of a Proxmox VE of this version. */
  public static List<ApiMethod> all(int major) {
    var methods = new JobMethods(major);
    return List.of(
        ApiMethod.get(ALL).name("index").allow(AUDIT).answers(JobMethods::list),
        ApiMethod.post(ALL)
            .name("create_job")
            .allow(MODIFY)
            .params(methods.options)
            .param("id", Param.optional(formatted(Formats.CONFIG_ID)))
            .answers(methods::create),
        ApiMethod.get(ONE)
            .name("read_job")
            .allow(AUDIT)
            .param("id", ID)
            .answers(call -> described(idOf(call), existing(call))),
        ApiMethod.put(ONE)
            .name("update_job")
            .allow(MODIFY)
            .params(methods.options)
            .param("id", ID)
            .param("delete", Param.optional(formatted(Formats.CONFIG_ID.list())))
            .answers(methods::update),
        ApiMethod.delete(ONE)
            .name("delete_job")
            .allow(MODIFY)
            .param("id", ID)
            .answers(JobMethods::delete),
        ApiMethod.get(ONE + "/included_volumes")
            .name("get_volume_backup_included")
            .allow(AUDIT)
            .param("id", ID)
            .answers(JobMethods::included),
        ApiMethod.get("/cluster/backup-info")
            .name("index")
            .allow(Check.anyUser())
            .answers(call -> List.of(Item.of("subdir", "not-backed-up"))),
        ApiMethod.get("/cluster/backup-info/not-backed-up")
            .name("get_guests_not_in_backup")
            .allow(AUDIT)
            .answers(JobMethods::forgotten));
  }

  private static String idOf(Call call) {
    return call.params().text("id");
  }

  private static Map<String, Map<String, String>> jobs(Call call) {
    return call.world().backupJobs();
  }

  private static Object list(Call call) {
    var entries = new ArrayList<Item>();
    jobs(call)
        .forEach(
            (id, job) -> {
              var entry = described(id, job);
              boolean isOn = job.getOrDefault("enabled", "1").equals("1");
              var schedule = Schedule.parse(job.getOrDefault("schedule", ""));
              if (isOn && schedule.isPresent()) {
                entry.with("next-run", schedule.get().after(call.world().now()));
              }
              entries.add(entry);
            });
    return entries;
  }

  private static Item described(String id, Map<String, String> job) {
    var entry = Item.of("id", id).with("type", "vzdump");
    job.forEach((name, value) -> entry.with(name, read(name, value)));
    return entry;
  }

  private static Object read(String name, String value) {
    if (STRUCTURED.contains(name)) {
      var parts = new Item();
      Lists.split(value)
          .forEach(
              part -> {
                int equals = part.indexOf('=');
                parts.with(
                    equals < 0 ? "enabled" : part.substring(0, equals), part.substring(equals + 1));
              });
      return parts;
    }
    if (name.equals("exclude-path")) {
      return Lists.split(value);
    }
    return NUMBERS.contains(name) ? (Object) Long.valueOf(value) : value;
  }

  private static Map<String, String> existing(Call call) {
    var job = jobs(call).get(idOf(call));
    if (job == null) {
      throw Refusal.parameter("id", "No such job '" + idOf(call) + "'");
    }
    return job;
  }

  private Map<String, String> given(Call call) {
    var given = BackupMethods.options(call);
    given.keySet().retainAll(options.keySet());
    return given;
  }

  private @Nullable Object create(Call call) {
    BackupOptions.checkRights(call);
    var given = given(call);
    checkSchedule(given, true);
    call.world().accounts().checkPool(given.get("pool"));
    given.putIfAbsent("enabled", "1");
    var id = call.params().text("id", call.world().dice().uuid());
    locked(
        () -> {
          if (jobs(call).containsKey(id)) {
            throw Refusal.die("Job '" + id + "' already exists");
          }
          BackupOptions.check(given);
          jobs(call).put(id, given);
        });
    return null;
  }

  /** What goes wrong while the file of jobs is locked is a plain failure, whatever it was. */
  private static void locked(Runnable change) {
    try {
      change.run();
    } catch (Refusal e) {
      throw Refusal.die(e.text());
    }
  }

  /** Days and a time, the old way, become a schedule. */
  private static void checkSchedule(Map<String, String> given, boolean isNeeded) {
    var time = given.remove("starttime");
    var days = given.remove("dow");
    if (given.containsKey("schedule")) {
      if (time != null) {
        throw Refusal.parameter("starttime", "'starttime' and 'schedule' cannot both be set");
      }
    } else if (time == null) {
      if (isNeeded) {
        throw Refusal.parameter("schedule", "neither 'starttime' nor 'schedule' were set");
      }
    } else {
      given.put("schedule", days == null || days.isEmpty() ? time : days + " " + time);
    }
  }

  private @Nullable Object update(Call call) {
    BackupOptions.checkRights(call);
    var given = given(call);
    checkSchedule(given, false);
    locked(
        () -> {
          var old = jobs(call).get(idOf(call));
          if (old == null) {
            throw Refusal.die("no such vzdump job");
          }
          var job = new LinkedHashMap<>(old);
          for (var name : call.params().list("delete")) {
            if (!options.containsKey(name)) {
              throw Refusal.parameter("delete", "unknown option '" + name + "'");
            }
            job.remove(name);
          }
          job.putAll(given);
          chooseAnew(job, given);
          BackupOptions.check(job);
          jobs(call).put(idOf(call), job);
        });
    return null;
  }

  /** Who names guests in one way gives the other ways up. */
  private static void chooseAnew(Map<String, String> job, Map<String, String> given) {
    if (given.containsKey("vmid")) {
      job.keySet().removeAll(List.of("all", "exclude", "pool"));
    } else if ("1".equals(given.get("all"))) {
      job.keySet().removeAll(List.of("vmid", "pool"));
    } else if (given.containsKey("pool")) {
      job.keySet().removeAll(List.of("vmid", "all"));
    }
  }

  private static @Nullable Object delete(Call call) {
    locked(
        () -> {
          existing(call);
          jobs(call).remove(idOf(call));
        });
    return null;
  }

  private static Object included(Call call) {
    var guests = new ArrayList<Item>();
    for (var vmid : BackupSelection.of(call.world(), existing(call))) {
      var guest = call.world().guests().get(vmid);
      if (guest == null) {
        guests.add(Item.of("id", vmid).with("type", "unknown").with("leaf", 1));
        continue;
      }
      var volumes = new ArrayList<Item>();
      for (var volume : BackupSelection.volumes(guest)) {
        volumes.add(
            Item.of("id", vmid + ":" + volume.key())
                .with("name", volume.source())
                .with("included", volume.isIncluded() ? 1 : 0)
                .with("reason", volume.reason())
                .with("leaf", 1));
      }
      guests.add(
          Item.of("id", vmid)
              .with("name", BackupSelection.name(guest))
              .with("type", guest.type())
              .with("leaf", 0)
              .with("children", volumes));
    }
    return Item.of("children", guests);
  }

  private static Object forgotten(Call call) {
    var saved = new TreeSet<Integer>();
    jobs(call).values().forEach(job -> saved.addAll(BackupSelection.of(call.world(), job)));
    return call.world().guests().values().stream()
        .filter(guest -> !saved.contains(guest.vmid()))
        .map(
            guest ->
                Item.of("vmid", guest.vmid())
                    .with("name", BackupSelection.name(guest))
                    .with("type", guest.type()))
        .toList();
  }
}
