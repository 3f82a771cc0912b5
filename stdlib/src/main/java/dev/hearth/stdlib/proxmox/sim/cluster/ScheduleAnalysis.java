package dev.hearth.stdlib.proxmox.sim.cluster;

import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.backup.Schedule;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Locale;

/** {@code /cluster/jobs/schedule-analyze}: when a job with some schedule would run. */
final class ScheduleAnalysis {
  /** As Perl writes a time in UTC. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ScheduleAnalysis() {}

  static ApiMethod method() {
    return ApiMethod.get("/cluster/jobs/schedule-analyze")
        .name("schedule-analyze")
        .allow(Check.anyUser())
        .param("schedule", Param.of(string().format(Schedule.FORMAT).maxLength(128)))
        .param("iterations", Param.optional(integer().min(1).max(100).orElse("10")))
        .param("starttime", Param.optional(integer()))
        .answers(ScheduleAnalysis::times);
  }

  private static Object times(Call call) {
    var params = call.params();
    var schedule =
        Schedule.parse(params.text("schedule"))
            .orElseThrow(() -> Refusal.die("invalid calendar event"));
    long time = params.integer("starttime", call.world().now());
    long most = params.integer("iterations", 10);
    var times = new ArrayList<Item>();
    for (int i = 0; i < most; i++) {
      time = schedule.after(time);
      times.add(Item.of("timestamp", time).with("utc", TIME.format(Instant.ofEpochSecond(time))));
    }
    return times;
  }
}
