package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes on in containers, and what became of their files. */
final class ContainerInsightOps {
  private static final DockerError MISSING = DockerError.CONTAINER_NOT_FOUND;
  private static final String[] KINDS = {"modified", "added", "deleted"};

  private final Engine engine;
  private final ContainerOps containers;

  ContainerInsightOps(Engine engine, ContainerOps containers) {
    this.engine = engine;
    this.containers = containers;
  }

  private static EngineCall get(String name, String what) {
    return EngineCall.get("/containers/{}/" + what, name).about(MISSING, name);
  }

  /**
   * Processes of a container.
   *
   * @param args of {@code ps} at the host; absent: {@code -ef}
   */
  record Processes(String name, @Nullable String args) {}

  /** Each by the titles of ps. */
  @Op
  List<Map<String, String>> processesOfContainer(Processes request) {
    var said =
        containers.whileRunning(
            request.name(),
            () -> engine.json(get(request.name(), "top").query("ps_args", request.args())));
    var titles = columns(said.path("Titles"), 0);
    var processes = new ArrayList<Map<String, String>>();
    for (var each : said.path("Processes")) {
      var values = columns(each, titles.size());
      var process = new LinkedHashMap<String, String>();
      for (int i = 0; i < Math.min(titles.size(), values.size()); i++) {
        process.put(titles.get(i), values.get(i));
      }
      processes.add(process);
    }
    return processes;
  }

  /**
   * Podman gives lines of ps as they are, which are at most {@code most} columns; 0: any number.
   */
  private static List<String> columns(JsonNode row, int most) {
    return row.size() == 1
        ? List.of(row.path(0).asText().strip().split("\\s+", most))
        : row.valueStream().map(JsonNode::asText).toList();
  }

  /** A file or folder that is not as the image has it. */
  record Change(String path, String kind) {}

  @Op
  List<Change> changesOfContainer(ContainerOps.Named request) {
    var changes = new ArrayList<Change>();
    for (var each : engine.json(get(request.name(), "changes"))) {
      changes.add(
          new Change(
              each.path("Path").asText(), KINDS[Math.clamp(each.path("Kind").asInt(), 0, 2)]));
    }
    return changes;
  }

  @Op
  ContainerStats statsOfContainer(ContainerOps.Named request) {
    try (var stats = new StatsStream(engine, request.name())) {
      var first = stats.next();
      if (first == null) {
        throw new HearthException(DockerError.CONTAINER_NOT_RUNNING, request.name(), "stopped");
      }
      return first;
    }
  }

  @Op
  OpStream<ContainerStats> statsOfContainerSteps(ContainerOps.Named request) {
    return new StatsStream(engine, request.name());
  }

  /**
   * What is read of a log.
   *
   * @param follow also what comes later
   * @param tail only so many of the last lines
   * @param since a time, or how long ago
   * @param until a time, or how long ago
   * @param details each line with the stream it came on, and its time
   */
  record Log(
      String name,
      @Nullable Boolean follow,
      @Nullable Long tail,
      @Nullable String since,
      @Nullable String until,
      @Nullable Boolean timestamps,
      @Nullable Boolean stdout,
      @Nullable Boolean stderr,
      @Nullable Boolean details) {

    boolean isDetailed() {
      return Boolean.TRUE.equals(details);
    }

    EngineCall call(Instant now) {
      return get(name, "logs")
          .query("follow", Boolean.TRUE.equals(follow))
          .query("tail", tail == null ? "all" : tail)
          .query("since", LogTime.parameter("since", since, now))
          .query("until", LogTime.parameter("until", until, now))
          .query("timestamps", isDetailed() || Boolean.TRUE.equals(timestamps))
          .query("stdout", stdout == null || stdout)
          .query("stderr", stderr == null || stderr);
    }
  }

  @Op
  OpStream<JsonNode> logOfContainer(Log request) {
    return new LogStream(engine, containers, request);
  }

  /**
   * An image of what a container has become.
   *
   * @param image its name, with or without a tag
   * @param changes lines of a Dockerfile, such as {@code CMD ["sh"]}
   */
  record Commit(
      String name,
      @Nullable String image,
      @Nullable String message,
      @Nullable String author,
      @Nullable Boolean pause,
      @Nullable List<String> changes) {}

  @Op(writes = true)
  JsonNode commitContainer(Commit request) {
    var call =
        EngineCall.post("/commit")
            .query("container", request.name())
            .query("comment", request.message())
            .query("author", request.author())
            .query("pause", request.pause())
            .query(
                "changes", request.changes() == null ? null : String.join("\n", request.changes()))
            .about(MISSING, request.name());
    if (request.image() != null) {
      var image = ImageReference.parseNew(request.image());
      call = call.query("repo", image.repository()).query("tag", image.tagOrLatest());
    }
    return engine.whenDone(call.json(Engine.MAPPER.createObjectNode())); // Podman wants a body
  }

  /**
   * The files of a container as a tar.
   *
   * @param to a file of this machine
   */
  record Export(String name, String to) {}

  /** How much there was. */
  record Exported(long sizeBytes) {}

  /** It writes here and changes nothing at the engine. */
  @Op
  Exported exportContainer(Export request) {
    var file = LocalPath.of(request.to());
    try (var response = engine.stream(get(request.name(), "export"));
        var replacement = engine.recipe().files().replace(file)) {
      var size = response.body().stream().transferTo(replacement.output());
      replacement.commit();
      return new Exported(size);
    } catch (IOException e) {
      throw broken(request.name(), file, e);
    }
  }

  private static HearthException broken(String name, Path file, IOException e) {
    return Thread.currentThread().isInterrupted()
        ? new HearthException(DockerError.INTERRUPTED, "export " + name).causedBy(e)
        : new HearthException(
                FileError.FAILED,
                VisibleText.of(file),
                VisibleText.of(String.valueOf(e.getMessage())))
            .causedBy(e);
  }
}
