package dev.hearth.stdlib.docker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The steps of a build by BuildKit, whatever brings word of them: what is new in what is told. */
final class BuildSteps {
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> states = new HashMap<>();
  private final Map<String, StringBuilder> lines = new HashMap<>();

  /**
   * A step as it is now.
   *
   * @param digest what it is known by
   * @param name as people see it; empty where it was told before
   * @param error empty when nothing went wrong
   */
  record Vertex(
      String digest,
      String name,
      boolean isCached,
      boolean isStarted,
      boolean isCompleted,
      String error) {

    private String state() {
      if (!error.isEmpty()) {
        return "failed";
      }
      if (isCached) {
        return "cached";
      }
      if (isCompleted) {
        return "done";
      }
      return isStarted ? "running" : "";
    }
  }

  void vertex(Vertex vertex, List<BuildNews> news) {
    if (!vertex.name().isEmpty()) {
      names.put(vertex.digest(), vertex.name());
    }
    var state = vertex.state();
    // One that is asked for twice ends twice, and begins anew in between.
    if (!state.isEmpty() && !state.equals(states.put(vertex.digest(), state))) {
      var error = vertex.error();
      news.add(BuildNews.step(name(vertex.digest()), state, error.isEmpty() ? null : error));
    }
  }

  private String name(String digest) {
    return names.getOrDefault(digest, digest);
  }

  /** A piece of what a step wrote to one of its streams, which need not end with a line. */
  void log(String vertex, long stream, String text, List<BuildNews> news) {
    var line = lines.computeIfAbsent(vertex + " " + stream, missing -> new StringBuilder());
    line.append(text);
    for (int end = line.indexOf("\n"); end >= 0; end = line.indexOf("\n")) {
      news.add(BuildNews.log(name(vertex), line.substring(0, end).stripTrailing()));
      line.delete(0, end + 1);
    }
  }

  void warning(String vertex, String text, List<BuildNews> news) {
    news.add(BuildNews.warning(name(vertex), text));
  }

  /** The lines that nobody ended. */
  List<BuildNews> end() {
    var news = new ArrayList<BuildNews>();
    lines.forEach(
        (key, line) -> {
          if (!line.isEmpty()) {
            news.add(BuildNews.log(name(key.split(" ", 2)[0]), line.toString()));
          }
        });
    lines.clear();
    return news;
  }
}
