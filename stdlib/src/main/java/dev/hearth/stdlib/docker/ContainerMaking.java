package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;

/** Makes containers of specifications: their image, themselves, their networks. */
final class ContainerMaking {
  private final Engine engine;
  private final ContainerOps containers;
  private final ImageTransfers images;

  ContainerMaking(Engine engine, ContainerOps containers, ImageTransfers images) {
    this.engine = engine;
    this.containers = containers;
    this.images = images;
  }

  /** Makes one, in all its networks, and returns its id; nothing is left of one that fails. */
  String make(ContainerSpec spec) {
    spec.requireOf(engine);
    if ("always".equals(spec.pull())) {
      pull(spec);
    }
    var id = create(spec);
    engine
        .afterwards()
        .orElse(
            () -> spec.connections().forEach((network, endpoint) -> connect(id, network, endpoint)),
            () -> remove(id));
    return id;
  }

  void connect(String container, String network, ObjectNode endpoint) {
    engine.json(
        NetworkOps.connecting(network, container, endpoint)
            .about(DockerError.NETWORK_NOT_FOUND, network));
  }

  void disconnect(String container, String network) {
    engine.json(
        EngineCall.post("/networks/{}/disconnect", network)
            .json(Engine.MAPPER.createObjectNode().put("Container", container))
            .about(DockerError.NETWORK_NOT_FOUND, network));
  }

  /** What the name of its image means; got first where it is to be, or where it is not there. */
  JsonNode imageFor(ContainerSpec spec) {
    if ("always".equals(spec.pull()) || (!hasImage(spec) && !"never".equals(spec.pull()))) {
      pull(spec);
    }
    return imageOf(spec);
  }

  /** The folders that its image keeps in volumes. */
  JsonNode imageVolumes(ContainerSpec spec) {
    return imageOf(spec).at("/Config/Volumes");
  }

  private JsonNode imageOf(ContainerSpec spec) {
    return engine.object(inspect(spec.image()));
  }

  /** An image; missing where there is none. */
  JsonNode image(String name) {
    var answer = engine.answer(inspect(name));
    return answer.isGood() ? answer.body() : MissingNode.getInstance();
  }

  private static EngineCall inspect(String image) {
    return EngineCall.get("/images/{image}/json", image).about(DockerError.IMAGE_NOT_FOUND, image);
  }

  private void pull(ContainerSpec spec) {
    images.pull(new ImageTransfers.Wanted(ImageReference.parse(spec.image()), spec.platform()));
  }

  private boolean hasImage(ContainerSpec spec) {
    return !image(spec.image()).isMissingNode();
  }

  /** Removes what was made, also when the run is being stopped. */
  void removeAgain(String id) {
    Afterwards.inPeace(() -> remove(id));
  }

  private void remove(String id) {
    containers.remove(new ContainerOps.Removal(id, true, true));
  }

  /** Fetches the image where that is what lacks: most of the time it is there. */
  private String create(ContainerSpec spec) {
    try {
      return post(spec);
    } catch (HearthException e) {
      if (e.code() != DockerError.IMAGE_NOT_FOUND
          || "never".equals(spec.pull())
          || hasImage(spec)) {
        throw e;
      }
      pull(spec);
      return post(spec);
    }
  }

  private String post(ContainerSpec spec) {
    try {
      return engine
          .json(
              EngineCall.post("/containers/create")
                  .query("name", spec.name())
                  .query("platform", spec.platform())
                  .json(spec.creation())
                  .about(DockerError.IMAGE_NOT_FOUND, spec.image()))
          .path("Id")
          .asText();
    } catch (HearthException e) {
      var name = spec.name();
      if (ContainerOps.isRefusal(e) && name != null && containers.find(name).isPresent()) {
        throw new HearthException(DockerError.CONTAINER_EXISTS, name).causedBy(e);
      }
      throw e;
    }
  }
}
