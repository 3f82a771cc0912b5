package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What BuildKit tells: its {@code StatusResponse} as Protocol Buffers, in Base64 in the field
 * {@code aux} of the messages {@code moby.buildkit.trace}. The numbers are those of its {@code
 * control.proto}.
 */
final class BuildKitTrace implements BuildTrace {
  static final String TRACE = "moby.buildkit.trace";

  private final BuildSteps steps = new BuildSteps();

  @Override
  public List<BuildNews> news(JsonNode message) {
    if (!message.path("id").asText("").equals(TRACE)) {
      return List.of();
    }
    var news = new ArrayList<BuildNews>();
    try {
      var response = new ProtoReader(Base64.getDecoder().decode(message.path("aux").asText()));
      while (response.next()) {
        switch (response.field()) {
          case 1 -> vertex(response.message(), news);
          case 2 -> status(response.message(), news);
          case 3 -> log(response.message(), news);
          case 4 -> warning(response.message(), news);
          default -> {} // of a newer BuildKit
        }
      }
    } catch (IllegalArgumentException e) {
      throw new HearthException(DockerError.BROKE_OFF, TRACE).causedBy(e);
    }
    return news;
  }

  private void vertex(ProtoReader vertex, List<BuildNews> news) {
    var digest = "";
    var name = "";
    var error = "";
    boolean isCached = false;
    boolean isStarted = false;
    boolean isCompleted = false;
    while (vertex.next()) {
      switch (vertex.field()) {
        case 1 -> digest = vertex.text();
        case 3 -> name = vertex.text();
        case 4 -> isCached = vertex.number() != 0;
        case 5 -> isStarted = true;
        case 6 -> isCompleted = true;
        case 7 -> error = vertex.text();
        default -> {}
      }
    }
    steps.vertex(
        new BuildSteps.Vertex(digest, name, isCached, isStarted, isCompleted, error), news);
  }

  private void status(ProtoReader status, List<BuildNews> news) {
    var id = "";
    long current = 0;
    long total = 0;
    while (status.next()) {
      switch (status.field()) {
        case 1 -> id = status.text();
        case 4 -> current = status.number();
        case 5 -> total = status.number();
        default -> {}
      }
    }
    if (total > 0) {
      news.add(BuildNews.transfer(id, current, total));
    }
  }

  private void log(ProtoReader log, List<BuildNews> news) {
    var vertex = "";
    long stream = 0;
    var text = "";
    while (log.next()) {
      switch (log.field()) {
        case 1 -> vertex = log.text();
        case 3 -> stream = log.number();
        case 4 -> text = log.text();
        default -> {}
      }
    }
    steps.log(vertex, stream, text, news);
  }

  private void warning(ProtoReader warning, List<BuildNews> news) {
    var vertex = "";
    var text = "";
    while (warning.next()) {
      switch (warning.field()) {
        case 1 -> vertex = warning.text();
        case 3 -> text = warning.text();
        default -> {}
      }
    }
    steps.warning(vertex, text, news);
  }

  @Override
  public List<BuildNews> end() {
    return steps.end();
  }
}
