package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Images that are to be there. */
final class ImageEnsure {
  /** Of the images that are built here: the hash of what they were built from. */
  private static final String MADE_FROM = "dev.hearth.build";

  private final Engine engine;
  private final ImageTransfers transfers;
  private final ImageBuilds builds;

  ImageEnsure(Engine engine, ImageTransfers transfers, ImageBuilds builds) {
    this.engine = engine;
    this.transfers = transfers;
    this.builds = builds;
  }

  /**
   * What is to be there.
   *
   * @param pull {@code missing}, so only what is not there, or {@code always}, so what is newer as
   *     well
   * @param build how it is built, in place of a pull; again when its files or options change
   */
  record Wanted(
      String name, @Nullable String platform, @Nullable String pull, @Nullable BuildSpec build) {}

  /**
   * What came of it.
   *
   * @param before null where there was none
   */
  record Ensured(boolean changed, @Nullable JsonNode before, JsonNode after) {}

  @Op(writes = true)
  Ensured ensureImage(Wanted request) {
    var image = ImageReference.parse(request.name());
    boolean isAlways = "always".equals(request.pull());
    if (request.pull() != null && !isAlways && !request.pull().equals("missing")) {
      throw new HearthException(
          DockerError.IMAGE_SPEC, "`pull` is `missing` or `always`, not `" + request.pull() + "`");
    }
    if (request.build() != null && request.pull() != null) {
      throw new HearthException(DockerError.IMAGE_SPEC, "it has `pull` and `build`");
    }
    var before = find(image.toString());
    if (request.build() != null) {
      return built(image, request.build(), before);
    }
    if (before != null && !isAlways && isOf(before, request.platform())) {
      return new Ensured(false, before, before);
    }
    var after = transfers.pull(new ImageTransfers.Wanted(image, request.platform()));
    return new Ensured(before == null || !id(before).equals(id(after)), before, after);
  }

  private static boolean isOf(JsonNode image, @Nullable String platform) {
    if (platform == null) {
      return true;
    }
    var own = image.path("Os").asText() + "/" + image.path("Architecture").asText();
    var variant = image.path("Variant").asText("");
    return platform.equals(own) || platform.equals(own + "/" + variant);
  }

  private Ensured built(ImageReference image, BuildSpec spec, @Nullable JsonNode before) {
    var made = builds.fingerprint(spec);
    if (before != null && madeFrom(before).equals(made)) {
      return new Ensured(false, before, before);
    }
    EngineWork.done(builds.begin(spec.label(MADE_FROM, made).named(List.of(image.toString()))));
    var after = transfers.inspect(image.toString());
    return new Ensured(before == null || !id(before).equals(id(after)), before, after);
  }

  private static String madeFrom(JsonNode image) {
    return image.path("Config").path("Labels").path(MADE_FROM).asText("");
  }

  private static String id(JsonNode image) {
    return image.path("Id").asText();
  }

  private @Nullable JsonNode find(String name) {
    return engine.find(EngineCall.get("/images/{image}/json", name)).orElse(null);
  }
}
