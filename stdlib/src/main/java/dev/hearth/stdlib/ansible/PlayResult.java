package dev.hearth.stdlib.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a playbook.
 *
 * @param changed whether anything was, on any host
 * @param hosts the counts of each
 * @param changes the tasks that changed something
 * @param results what a module returned, by host; null for a playbook
 */
record PlayResult(
    boolean changed,
    Map<String, Counts> hosts,
    List<Change> changes,
    @Nullable Map<String, JsonNode> results) {

  /** How many tasks ended how on one host. */
  record Counts(
      int ok, int changed, int failed, int skipped, int unreachable, int rescued, int ignored) {
    static Counts of(JsonNode said) {
      return new Counts(
          said.path("ok").asInt(),
          said.path("changed").asInt(),
          said.path("failed").asInt(),
          said.path("skipped").asInt(),
          said.path("unreachable").asInt(),
          said.path("rescued").asInt(),
          said.path("ignored").asInt());
    }
  }

  /** A task that changed a host. */
  record Change(
      String host,
      String task,
      @Nullable String role,
      @Nullable String file,
      @Nullable Integer line) {}
}
