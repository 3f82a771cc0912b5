package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.spi.JsonText;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpStream;
import dev.hearth.stdlib.json.FieldSelection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Images: what is there, and on their way from and to registries. */
final class ImageOps {
  private final Engine engine;
  private final ImageTransfers transfers;

  ImageOps(Engine engine, ImageTransfers transfers) {
    this.engine = engine;
    this.transfers = transfers;
  }

  /**
   * Which images.
   *
   * @param all also those in between, of the classic builder
   * @param filters in the API's own words
   */
  record Images(
      @Nullable Boolean all,
      @Nullable Boolean digests,
      @Nullable ObjectNode filters,
      @Nullable List<String> select) {}

  @Op
  JsonText listImages(Images request) {
    var call =
        EngineCall.get("/images/json")
            .query("all", request.all())
            .query("digests", request.digests())
            .query("filters", request.filters());
    return engine.listText(call, FieldSelection.of(request.select()));
  }

  /** An image by its name or id. */
  record Image(String name) {}

  @Op
  JsonNode inspectImage(Image request) {
    return transfers.inspect(request.name());
  }

  @Op
  JsonNode imageHistory(Image request) {
    return engine.list(
        EngineCall.get("/images/{image}/history", request.name())
            .about(DockerError.IMAGE_NOT_FOUND, request.name()));
  }

  /** What is pulled. */
  record Pull(String name, @Nullable String platform) {
    private ImageTransfers.Wanted wanted() {
      return new ImageTransfers.Wanted(ImageReference.parse(name), platform);
    }
  }

  @Op(writes = true)
  JsonNode pullImage(Pull request) {
    return transfers.pull(request.wanted());
  }

  @Op(writes = true)
  OpStream<WorkStream.Step> pullImageSteps(Pull request) {
    return new WorkStream(transfers.pulling(request.wanted()));
  }

  @Op(writes = true)
  ImageTransfers.Pushed pushImage(Image request) {
    return EngineWork.done(transfers.pushing(ImageReference.parse(request.name())));
  }

  @Op(writes = true)
  OpStream<WorkStream.Step> pushImageSteps(Image request) {
    return new WorkStream(transfers.pushing(ImageReference.parse(request.name())));
  }

  /** Another name for an image. */
  record Tag(String name, String target) {}

  @Op(writes = true)
  void tagImage(Tag request) {
    transfers.tag(request.name(), ImageReference.parseNew(request.target()));
  }

  /**
   * What is removed.
   *
   * @param force also where stopped containers are of it, or several names lead to the id
   * @param noprune keeps the untagged images that it stands on
   */
  record Removal(String name, @Nullable Boolean force, @Nullable Boolean noprune) {}

  @Op(writes = true)
  JsonNode removeImage(Removal request) {
    return engine.json(
        EngineCall.delete("/images/{image}", request.name())
            .query("force", request.force())
            .query("noprune", request.noprune())
            .about(DockerError.IMAGE_NOT_FOUND, request.name()));
  }

  /**
   * What is thrown away.
   *
   * @param all every image that no container uses, not only those without a name
   * @param filters further, in the API's own words
   */
  record Prune(@Nullable Boolean all, @Nullable ObjectNode filters) {
    private ObjectNode asked() {
      var asked = filters == null ? JsonNodeFactory.instance.objectNode() : filters.deepCopy();
      if (Boolean.TRUE.equals(all)) {
        asked.putArray("dangling").add("false");
      }
      return asked;
    }
  }

  @Op(writes = true)
  Reclaimed pruneImages(Prune request) {
    var answer =
        engine.whenDone(EngineCall.post("/images/prune").query("filters", request.asked()));
    return Reclaimed.of(answer, "ImagesDeleted");
  }

  /** What the Hub, or another registry that can, finds for a word. */
  record Search(String term, @Nullable Integer limit) {}

  @Op
  JsonNode searchImages(Search request) {
    return engine.list(
        EngineCall.get("/images/search")
            .query("term", request.term())
            .query("limit", request.limit()));
  }
}
