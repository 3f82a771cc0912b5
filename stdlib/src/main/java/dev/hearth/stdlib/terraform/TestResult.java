package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code terraform test} found.
 *
 * @param status {@code pass}, {@code fail}, {@code error} or {@code skip}; so each file and run
 * @param diagnostics those that belong to no run
 */
record TestResult(
    String status,
    int passed,
    int failed,
    int errored,
    int skipped,
    List<File> files,
    List<Diagnostic> diagnostics) {
  /** A file of tests. */
  record File(String path, String status, List<Run> runs) {}

  /** A {@code run} block of a file. */
  record Run(String name, String status, List<Diagnostic> diagnostics) {}

  /** Reads it from what a test that ended with a summary wrote. */
  static TestResult of(UiLog log) {
    var files = new ArrayList<File>();
    log.ofType("test_file")
        .map(message -> message.path("test_file"))
        .filter(TestResult::isOver)
        .forEach(
            file -> {
              var path = file.path("path").asText();
              files.add(new File(path, file.path("status").asText(), runs(log, path)));
            });
    var summary = log.last("test_summary").path("test_summary");
    return new TestResult(
        summary.path("status").asText(),
        summary.path("passed").asInt(),
        summary.path("failed").asInt(),
        summary.path("errored").asInt(),
        summary.path("skipped").asInt(),
        files,
        diagnostics(log, "", ""));
  }

  private static List<Run> runs(UiLog log, String path) {
    return log.ofType("test_run")
        .map(message -> message.path("test_run"))
        .filter(run -> run.path("path").asText().equals(path) && isOver(run))
        .map(
            run -> {
              var name = run.path("run").asText();
              return new Run(name, run.path("status").asText(), diagnostics(log, path, name));
            })
        .toList();
  }

  /** Versions that tell no progress tell only the end. */
  private static boolean isOver(JsonNode told) {
    return told.path("progress").asText("complete").equals("complete");
  }

  private static List<Diagnostic> diagnostics(UiLog log, String file, String run) {
    return log.ofType("diagnostic")
        .filter(
            message ->
                message.path("@testrun").asText().equals(run)
                    && (run.isEmpty() || message.path("@testfile").asText().equals(file)))
        .map(message -> Diagnostic.of(message.path("diagnostic")))
        .toList();
  }
}
