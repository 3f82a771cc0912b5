package dev.hearth.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.report.ErrorJson;
import dev.hearth.terminal.JsonDocument;
import java.time.Duration;

/**
 * Tests as JSON lines: one of type {@code test} for each, and one of type {@code tests} at the end.
 */
public final class TestJson {
  private TestJson() {}

  /** {@code {schema, type, file, name, path, status, durationMillis, error}}. */
  public static ObjectNode of(TestResult result) {
    var json =
        JsonDocument.of("test").put("file", result.file()).put("name", result.path().getLast());
    result.path().forEach(json.putArray("path")::add);
    json.put("status", result.status().word()).put("durationMillis", result.duration().toMillis());
    var error = result.error();
    return json.set("error", error == null ? null : ErrorJson.of(error));
  }

  /** {@code {schema, type, files, tests, passed, failed, skipped, todo, durationMillis}}. */
  public static ObjectNode of(TestCounts counts, int files, Duration duration) {
    var json = JsonDocument.of("tests").put("files", files).put("tests", counts.all());
    for (var status : TestResult.Status.values()) {
      json.put(status.word(), counts.of(status));
    }
    return json.put("durationMillis", duration.toMillis());
  }
}
