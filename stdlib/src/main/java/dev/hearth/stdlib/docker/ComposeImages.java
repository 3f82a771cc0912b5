package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.docker.compose.ComposeError;
import dev.hearth.stdlib.docker.compose.Project;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The images of a project's services: there, pulled or built, as each service says. */
final class ComposeImages {
  private final Engine engine;
  private final Project project;
  private final ImageBuilds builds;
  private final ImageTransfers transfers;

  ComposeImages(Engine engine, ImageTransfers transfers, ImageBuilds builds, Project project) {
    this.engine = engine;
    this.transfers = transfers;
    this.project = project;
    this.builds = builds;
  }

  /** The image of a service; one that is built has a name even if the model gives none. */
  static String imageOf(Project project, String service) {
    return project.service(service).path("image").asText(project.name() + "-" + service);
  }

  /** The id of an image that is there. */
  static String idOf(Engine engine, String image) {
    return engine.json(EngineCall.get("/images/{image}/json", image)).path("Id").asText();
  }

  private boolean isThere(String image) {
    return engine.answer(EngineCall.get("/images/{image}/json", image)).status() == 200;
  }

  /** Fails for an image that is not there, and may not be fetched. */
  void check(String service) {
    var spec = project.service(service);
    var image = imageOf(project, service);
    if (!spec.has("build")
        && spec.path("pull_policy").asText("").equals("never")
        && !isThere(image)) {
      throw new HearthException(ComposeError.COMPOSE_NO_IMAGE, service, image);
    }
  }

  /** Has the image of a service there before it is used. */
  void require(String service, boolean isBuiltAnyway) {
    var spec = project.service(service);
    var image = imageOf(project, service);
    var policy = spec.path("pull_policy").asText("missing");
    if (spec.has("build") && (isBuiltAnyway || policy.equals("build") || !isThere(image))) {
      build(service, false);
    } else if (!spec.has("build") && (policy.equals("always") || !isThere(image))) {
      check(service);
      pull(service);
    }
  }

  /** Fetches the image of a service that is not built. */
  void pull(String service) {
    if (!project.service(service).has("build")) {
      var image = imageOf(project, service);
      var platform = project.service(service).path("platform").asText(null);
      transfers.pull(new ImageTransfers.Wanted(ImageReference.parse(image), platform));
    }
  }

  /** Removes the image of a service, unless something else stands on it. */
  void remove(String service) {
    var image = imageOf(project, service);
    if (isThere(image)) {
      engine.json(EngineCall.delete("/images/{image}", image));
    }
  }

  /** Builds the image of a service that says how. */
  void build(String service, boolean isAnew) {
    var build = project.service(service).path("build");
    if (!build.isMissingNode()) {
      EngineWork.done(builds.begin(spec(service, build, isAnew)));
    }
  }

  private BuildSpec spec(String service, JsonNode build, boolean isAnew) {
    var labels = texts(build.path("labels"));
    labels.put(ComposeLabels.PROJECT, project.name());
    labels.put(ComposeLabels.SERVICE, service);
    var size = build.path("shm_size").asText("");
    return new BuildSpec(
        build.path("context").asText(),
        build.path("dockerfile").asText(null),
        build.path("dockerfile_inline").asText(null),
        List.of(imageOf(project, service)),
        texts(build.path("args")),
        labels,
        build.path("target").asText(null),
        project.service(service).path("platform").asText(null),
        isAnew || build.path("no_cache").asBoolean(false),
        build.path("pull").asBoolean(false),
        build.path("network").asText(null),
        null,
        size.isEmpty() ? null : Long.valueOf(size),
        null,
        null,
        null,
        null,
        null);
  }

  /** Names and values; a name without one is left out. */
  private static Map<String, String> texts(JsonNode map) {
    var texts = new LinkedHashMap<String, String>();
    map.properties()
        .forEach(
            each -> {
              if (!each.getValue().isNull()) {
                texts.put(each.getKey(), each.getValue().asText());
              }
            });
    return texts;
  }
}
