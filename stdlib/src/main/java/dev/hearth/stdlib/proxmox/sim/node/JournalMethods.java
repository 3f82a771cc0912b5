package dev.hearth.stdlib.proxmox.sim.node;

import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.task.Task;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a node wrote down: here, that tasks began and ended. */
final class JournalMethods {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter GIVEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd[ HH:mm[:ss]]", Locale.ROOT);
  private static final String TIME = "^\\d{4}-\\d{2}-\\d{2}( \\d{2}:\\d{2}(:\\d{2})?)?$";
  private static final Check SYSLOG = Check.perm("/nodes/{node}", "Sys.Syslog");
  private static final Param NUMBER = Param.optional(integer().min(0));

  private JournalMethods() {}

  static List<ApiMethod> all() {
    var time = Param.optional(matching(TIME));
    var journal =
        OneNode.method("GET", "journal", "journal", SYSLOG)
            .param("lastentries", NUMBER)
            .param("since", NUMBER)
            .param("until", NUMBER)
            .param("startcursor", Param.optional(string()))
            .param("endcursor", Param.optional(string()))
            .answers(JournalMethods::journal);
    return List.of(
        OneNode.method("GET", "syslog", "syslog", SYSLOG)
            .param("start", NUMBER)
            .param("limit", NUMBER)
            .param("since", time)
            .param("until", time)
            .param("service", Param.optional(string().maxLength(128)))
            .answers(JournalMethods::syslog),
        journal);
  }

  /** One line and when it was written. */
  private record Line(long time, String text) {}

  private static List<Line> lines(Call call) {
    var lines = new ArrayList<Line>();
    for (var task : call.world().tasks().all()) {
      if (task.upid().node().equals(call.node())) {
        lines.add(line(task.upid().starttime(), task, "starting task " + task.upid()));
        if (!task.isRunning()) {
          lines.add(
              line(task.endtime(), task, "end task " + task.upid() + " " + task.exitStatus()));
        }
      }
    }
    lines.sort(Comparator.comparingLong(Line::time));
    return lines;
  }

  private static Line line(long time, Task task, String text) {
    var upid = task.upid();
    return new Line(
        time,
        "%s %s pvedaemon[%d]: <%s> %s"
            .formatted(
                STAMP.format(Instant.ofEpochSecond(time)),
                upid.node(),
                upid.pid(),
                upid.user(),
                text));
  }

  private static Object syslog(Call call) {
    long since = seconds(call.params().find("since"), Long.MIN_VALUE);
    long until = seconds(call.params().find("until"), Long.MAX_VALUE);
    var service = call.params().text("service", "pvedaemon");
    var found =
        lines(call).stream()
            .filter(line -> line.time() >= since && line.time() <= until)
            .filter(line -> line.text().contains(" " + service + "["))
            .toList();
    int start = (int) call.params().integer("start", 0);
    long limit = call.params().integer("limit", 50);
    var entries = new ArrayList<Item>();
    for (int i = start; i < found.size() && (limit == 0 || entries.size() < limit); i++) {
      entries.add(Item.of("n", i + 1).with("t", found.get(i).text()));
    }
    if (found.isEmpty() && start == 0) {
      entries.add(Item.of("n", 1).with("t", "-- No entries --"));
    }
    call.total(Math.max(1, found.size()));
    return entries;
  }

  private static long seconds(@Nullable String given, long otherwise) {
    if (given == null) {
      return otherwise;
    }
    var full = given.length() == 10 ? given + " 00:00" : given;
    return LocalDateTime.parse(full, GIVEN).toEpochSecond(ZoneOffset.UTC);
  }

  private static Object journal(Call call) {
    long since = call.params().integer("since", Long.MIN_VALUE);
    long until = call.params().integer("until", Long.MAX_VALUE);
    var found =
        lines(call).stream()
            .filter(line -> line.time() >= since && line.time() <= until)
            .map(Line::text)
            .toList();
    long last = call.params().integer("lastentries", found.size());
    return found.subList((int) Math.max(0, found.size() - last), found.size());
  }
}
