package dev.hearth.stdlib.proxmox.sim.backup;

import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.sim.storage.BackupName;
import dev.hearth.stdlib.proxmox.sim.storage.Storage;
import dev.hearth.stdlib.proxmox.sim.storage.Volume;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which backups are kept: the last ones, and the last one of each of so many hours, days, weeks,
 * months and years. A rule counts only what the rules before it did not keep.
 */
final class Retention {
  private static final Map<String, Function<LocalDateTime, Object>> PERIODS = periods();

  private final Map<String, Integer> keep;
  private final String text;

  private Retention(Map<String, Integer> keep, String text) {
    this.keep = keep;
    this.text = text;
  }

  /** Reads {@code keep-last=3,keep-daily=7}. */
  static Retention parse(String text) {
    var keep = new LinkedHashMap<String, Integer>();
    for (var part : Lists.split(text)) {
      int equals = part.indexOf('=');
      keep.put(part.substring(0, equals), Integer.valueOf(part.substring(equals + 1)));
    }
    return new Retention(keep, text);
  }

  /** Whether it keeps everything. */
  boolean keepsAll() {
    return keep.getOrDefault("keep-all", 0) == 1 || keep.values().stream().allMatch(n -> n == 0);
  }

  /** As it was written. */
  String text() {
    return text;
  }

  /**
   * A backup and what becomes of it.
   *
   * @param type {@code qemu}, {@code lxc} or {@code unknown}
   * @param mark {@code keep}, {@code remove}, {@code protected} or {@code renamed}
   */
  record Marked(Volume volume, String type, @Nullable Integer vmid, long ctime, String mark) {}

  /**
   * Marks the backups on a storage.
   *
   * @param vmid only those of this guest
   * @param type only those of this type
   */
  List<Marked> mark(Storage storage, @Nullable Integer vmid, @Nullable String type) {
    var marked = new ArrayList<Marked>();
    var groups = new LinkedHashMap<String, List<Marked>>();
    for (var volume : storage.volumes()) {
      if (!volume.content().equals("backup")) {
        continue;
      }
      var entry = entry(volume);
      boolean isWanted =
          (vmid == null || vmid.equals(entry.vmid()))
              && (type == null || type.equals(entry.type()));
      if (!isWanted) {
        continue;
      }
      if (entry.mark().isEmpty()) {
        var group = entry.type() + "/" + entry.vmid();
        groups.computeIfAbsent(group, name -> new ArrayList<>()).add(entry);
      } else {
        marked.add(entry);
      }
    }
    groups.values().forEach(group -> marked.addAll(markGroup(group)));
    marked.sort(Comparator.comparing(entry -> entry.volume().name()));
    return marked;
  }

  /** An entry that is marked only if its group does not matter. */
  private static Marked entry(Volume volume) {
    var name = BackupName.of(volume.name()).orElse(null);
    var type = name == null ? "unknown" : name.type();
    var ctime = name == null ? null : name.ctime();
    var vmid = name == null || name.vmid() == null ? volume.vmid() : name.vmid();
    var mark =
        volume.isProtected() ? "protected" : name == null || !name.isStandard() ? "renamed" : "";
    return new Marked(volume, type, vmid, ctime == null ? volume.ctime() : ctime, mark);
  }

  private List<Marked> markGroup(List<Marked> group) {
    var newest = group.stream().sorted(Comparator.comparing(Marked::ctime).reversed()).toList();
    var marks = new LinkedHashMap<Marked, String>();
    newest.forEach(entry -> marks.put(entry, keepsAll() ? "keep" : ""));
    if (!keepsAll()) {
      PERIODS.forEach((rule, period) -> apply(marks, keep.getOrDefault(rule, 0), period));
      marks.replaceAll((entry, mark) -> mark.isEmpty() ? "remove" : mark);
    }
    var result = new ArrayList<Marked>();
    marks.forEach(
        (entry, mark) ->
            result.add(
                new Marked(entry.volume(), entry.type(), entry.vmid(), entry.ctime(), mark)));
    return result;
  }

  private static void apply(
      Map<Marked, String> marks, int count, Function<LocalDateTime, Object> period) {
    if (count == 0) {
      return;
    }
    var kept = new HashSet<Object>();
    marks.forEach(
        (entry, mark) -> {
          if (mark.equals("keep")) {
            kept.add(period.apply(time(entry)));
          }
        });
    var fresh = new HashSet<Object>();
    for (var entry : marks.entrySet()) {
      var when = period.apply(time(entry.getKey()));
      if (!entry.getValue().isEmpty() || kept.contains(when)) {
        continue;
      }
      if (fresh.contains(when)) {
        entry.setValue("remove");
      } else if (fresh.size() < count) {
        fresh.add(when);
        entry.setValue("keep");
      } else {
        return;
      }
    }
  }

  private static LocalDateTime time(Marked entry) {
    return LocalDateTime.ofInstant(Instant.ofEpochSecond(entry.ctime()), ZoneOffset.UTC);
  }

  private static Map<String, Function<LocalDateTime, Object>> periods() {
    var periods = new LinkedHashMap<String, Function<LocalDateTime, Object>>();
    periods.put("keep-last", time -> time);
    periods.put("keep-hourly", time -> time.toLocalDate() + " " + time.getHour());
    periods.put("keep-daily", LocalDateTime::toLocalDate);
    periods.put(
        "keep-weekly",
        time ->
            time.get(IsoFields.WEEK_BASED_YEAR)
                + "-"
                + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    periods.put("keep-monthly", time -> time.getYear() + "-" + time.getMonthValue());
    periods.put("keep-yearly", LocalDateTime::getYear);
    return periods;
  }
}
