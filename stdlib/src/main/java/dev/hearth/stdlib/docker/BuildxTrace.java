package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What {@code docker buildx build --progress=rawjson} tells: BuildKit's status, as JSON. */
final class BuildxTrace implements BuildTrace {
  private final BuildSteps steps = new BuildSteps();

  @Override
  public List<BuildNews> news(JsonNode message) {
    var news = new ArrayList<BuildNews>();
    for (var vertex : message.path("vertexes")) {
      steps.vertex(
          new BuildSteps.Vertex(
              vertex.path("digest").asText(""),
              vertex.path("name").asText(""),
              vertex.path("cached").asBoolean(false),
              vertex.hasNonNull("started"),
              vertex.hasNonNull("completed"),
              vertex.path("error").asText("")),
          news);
    }
    for (var status : message.path("statuses")) {
      if (status.path("total").asLong(0) > 0) {
        news.add(
            BuildNews.transfer(
                status.path("id").asText(""),
                status.path("current").asLong(0),
                status.path("total").asLong(0)));
      }
    }
    for (var log : message.path("logs")) {
      steps.log(
          log.path("vertex").asText(""), log.path("stream").asLong(0), text(log, "data"), news);
    }
    for (var warning : message.path("warnings")) {
      steps.warning(warning.path("vertex").asText(""), text(warning, "short"), news);
    }
    return news;
  }

  private static String text(JsonNode of, String field) {
    try {
      return new String(
          Base64.getDecoder().decode(of.path(field).asText("")), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return of.path(field).asText(""); // another version, which writes it as it is
    }
  }

  @Override
  public List<BuildNews> end() {
    return steps.end();
  }
}
