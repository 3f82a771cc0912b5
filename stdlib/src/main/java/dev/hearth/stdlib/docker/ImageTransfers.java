package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.OpContext;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Images on their way between an engine and registries, with the logins of the user. */
final class ImageTransfers {
  private static final String AUTH = "X-Registry-Auth";

  private final Engine engine;
  private final DockerCredentials credentials;
  private final Map<Wanted, CompletableFuture<JsonNode>> pulls = new ConcurrentHashMap<>();

  ImageTransfers(Engine engine, DockerCredentials credentials) {
    this.engine = engine;
    this.credentials = credentials;
  }

  /**
   * An image of a registry.
   *
   * @param platform such as {@code linux/arm64}; null for the engine's own
   */
  record Wanted(ImageReference image, @Nullable String platform) {
    @Override
    public String toString() {
      return image + (platform == null ? "" : " (" + platform + ")");
    }
  }

  /** Pulls it; who wants what somebody is pulling already waits for that. */
  JsonNode pull(Wanted wanted) {
    while (true) {
      var own = new CompletableFuture<JsonNode>();
      var running = pulls.putIfAbsent(wanted, own);
      if (running == null) {
        return leading(wanted, own, () -> EngineWork.done(pulling(wanted)));
      }
      try {
        return running.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new HearthException(DockerError.INTERRUPTED, "pull " + wanted).causedBy(e);
      } catch (ExecutionException e) {
        // Where the one who pulled was stopped, somebody else does it.
        if (e.getCause() instanceof HearthException failure
            && failure.kind() != ErrorKind.INTERRUPTED) {
          throw failure;
        }
      }
    }
  }

  private JsonNode leading(
      Wanted wanted, CompletableFuture<JsonNode> own, Supplier<JsonNode> work) {
    try {
      var pulled = work.get();
      pulls.remove(wanted, own);
      own.complete(pulled);
      return pulled;
    } catch (Throwable t) {
      pulls.remove(wanted, own);
      own.completeExceptionally(t);
      throw t;
    }
  }

  /** The pull with its progress. */
  LayerWork<JsonNode> pulling(Wanted wanted) {
    var image = wanted.image();
    var call =
        EngineCall.post("/images/create")
            .query("fromImage", image.repository())
            .query("tag", image.version())
            .query("platform", wanted.platform())
            .about(DockerError.IMAGE_NOT_IN_REGISTRY, image.toString());
    tell("pulling " + wanted, image);
    return new LayerWork<>(
        engine,
        authorized(call, image),
        words -> new HearthException(DockerError.PULL_FAILED, image, words),
        () -> {
          tell("pulled " + wanted, image);
          engine.events().tell("image-pulled", Map.of("image", image.toString()));
          return inspect(image.toString());
        });
  }

  /** The push with its progress. What comes of it is the image's reference by digest. */
  LayerWork<Pushed> pushing(ImageReference image) {
    var call =
        EngineCall.post("/images/{image}/push", image.repository())
            .query("tag", image.tagOrLatest())
            .about(DockerError.IMAGE_NOT_FOUND, image.toString());
    tell("pushing " + image, image);
    var said = new PushAnswer();
    return new LayerWork<>(
        engine,
        authorized(call, image, true),
        words -> new HearthException(DockerError.PUSH_FAILED, image, words),
        () -> {
          tell("pushed " + image, image);
          engine.events().tell("image-pushed", Map.of("image", image.toString()));
          return said.pushed(image);
        },
        said::take);
  }

  /**
   * What was pushed.
   *
   * @param digest of its manifest; null where the engine does not tell
   */
  record Pushed(String image, @Nullable String digest, @Nullable Long sizeBytes) {}

  /** The message of a push that says what came of it. */
  private static final class PushAnswer {
    private @Nullable String digest;
    private @Nullable Long size;

    void take(JsonNode message) {
      var aux = message.path("aux");
      if (aux.has("Digest")) {
        digest = aux.path("Digest").asText();
        size = aux.path("Size").asLong();
      }
    }

    Pushed pushed(ImageReference image) {
      return new Pushed(image.toString(), digest, size);
    }
  }

  JsonNode inspect(String name) {
    return engine.object(
        EngineCall.get("/images/{image}/json", name).about(DockerError.IMAGE_NOT_FOUND, name));
  }

  /** Gives an image another name. */
  void tag(String name, ImageReference target) {
    engine.json(
        EngineCall.post("/images/{image}/tag", name)
            .query("repo", target.repository())
            .query("tag", target.tagOrLatest())
            .about(DockerError.IMAGE_NOT_FOUND, name));
  }

  private EngineCall authorized(EngineCall call, ImageReference image) {
    return authorized(call, image, false);
  }

  private EngineCall authorized(EngineCall call, ImageReference image, boolean always) {
    var login = credentials.find(image.registry());
    if (login.isPresent()) {
      return call.header(AUTH, login.get().header());
    }
    // Without the header a push is refused by engines that want to be sure that nobody forgot it.
    return always
        ? call.header(AUTH, RegistryLogin.encoded(Engine.MAPPER.createObjectNode()))
        : call;
  }

  private void tell(String what, ImageReference image) {
    engine.log().write(OpContext.Log.Level.DEBUG, what, Map.of("image", image.toString()));
  }
}
