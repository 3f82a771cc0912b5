package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gets the images that containers are made of. */
final class ImageSupply {
  private final Engine engine;

  ImageSupply(Engine engine) {
    this.engine = engine;
  }

  /** Whether the engine has it. */
  boolean has(String image) {
    return engine.answer(EngineCall.get("/images/{image}/json", image)).isGood();
  }

  /** Gets it from its registry. */
  void pull(String image, @Nullable String platform) {
    int at = image.indexOf('@');
    int tag = image.indexOf(':', image.lastIndexOf('/') + 1);
    var hasNone = at < 0 && tag < 0;
    try (var response =
        engine.stream(
            EngineCall.post("/images/create")
                .query("fromImage", hasNone ? image + ":latest" : image)
                .query("platform", platform)
                .about(DockerError.IMAGE_NOT_FOUND, image))) {
      var messages = Engine.MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(response.body().stream());
      while (messages.hasNextValue()) {
        var error = messages.nextValue().path("error").asText("");
        if (!error.isEmpty()) {
          throw new HearthException(DockerError.IMAGE_NOT_FOUND, image).with("message", error);
        }
      }
    } catch (IOException e) {
      throw new HearthException(DockerError.STREAM_LOST, "pull", image).causedBy(e);
    }
  }
}
