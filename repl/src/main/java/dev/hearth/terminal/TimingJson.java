package dev.hearth.terminal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.Timing;
import java.time.Duration;
import java.util.List;

/** Where the time of a run went, as fields; times in milliseconds with their fractions. */
final class TimingJson {
  private TimingJson() {}

  static ObjectNode addTo(ObjectNode json, Timing timing) {
    json.put("startMillis", millis(timing.start()))
        .put("preparationMillis", millis(timing.preparation()))
        .put("engineMillis", millis(timing.engine()))
        .put("loadingMillis", millis(timing.loading()))
        .put("javascriptMillis", millis(timing.javascript()))
        .put("waitingMillis", millis(timing.waiting()))
        .put("collectingMillis", millis(timing.collecting()))
        .put("totalMillis", millis(timing.total()));
    tallies(json, "modules", timing.modules());
    tallies(json, "steps", timing.steps());
    tallies(json, "operations", timing.operations());
    tallies(json, "contacts", timing.contacts());
    var waits = json.putArray("waits");
    for (var wait : timing.waits()) {
      waits
          .addObject()
          .put("what", wait.what())
          .put("setting", wait.setting())
          .put("count", wait.count())
          .put("totalMillis", millis(wait.total()));
    }
    return json;
  }

  private static void tallies(ObjectNode json, String name, List<Timing.Tally> tallies) {
    var all = json.putArray(name);
    for (var tally : tallies) {
      all.addObject()
          .put("name", tally.name())
          .put("count", tally.count())
          .put("failed", tally.failed())
          .put("totalMillis", millis(tally.total()))
          .put("longestMillis", millis(tally.longest()))
          .put("bytes", tally.bytes());
    }
  }

  static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
