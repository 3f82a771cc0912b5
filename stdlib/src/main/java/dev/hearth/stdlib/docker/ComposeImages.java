package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.docker.compose.ComposeError;
import dev.hearth.stdlib.docker.compose.ComposeSource;
import dev.hearth.stdlib.docker.compose.Project;

/** The images of a project's services: there, pulled or built, as each service says. */
final class ComposeImages {
  private final Engine engine;
  private final Project project;
  private final ComposeSource source;
  private final ImageTransfers transfers;

  ComposeImages(Engine engine, ImageTransfers transfers, Project project, ComposeSource source) {
    this.engine = engine;
    this.transfers = transfers;
    this.project = project;
    this.source = source;
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

  /** Has the image of a service there before it is used. */
  void require(String service, boolean isBuiltAnyway) {
    var spec = project.service(service);
    var image = imageOf(project, service);
    var policy = spec.path("pull_policy").asText("missing");
    if (spec.has("build") && (isBuiltAnyway || policy.equals("build") || !isThere(image))) {
      build(service);
    } else if (!spec.has("build") && (policy.equals("always") || !isThere(image))) {
      if (policy.equals("never")) {
        throw new HearthException(ComposeError.COMPOSE_NO_IMAGE, service, image);
      }
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

  /** Builds the image of a service that says how. */
  void build(String service) {
    if (project.service(service).has("build")) {
      throw source
          .place("services." + service + ".build")
          .error(ComposeError.COMPOSE_UNSUPPORTED, "build");
    }
  }
}
