package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One image for several platforms: built by the engine for one after the other, pushed under a tag
 * for each, and put together in the registry as an index, which most engines cannot keep.
 */
final class PlatformBuild implements EngineWork<BuildNews, PlatformBuild.Built> {
  private static final String NO_EMULATOR = "exec format error";

  private final Engine engine;
  private final ImageBuilds builds;
  private final ImageTransfers transfers;
  private final RegistryOps registries;
  private final Wanted wanted;
  private final List<ImageReference> tags;
  private final List<String> digests = new ArrayList<>(); // of what is pushed, as the platforms go
  private @Nullable EngineWork<BuildNews, ImageBuild.Built> current;

  /**
   * What is wanted.
   *
   * @param platforms such as {@code linux/arm64}
   * @param registry how it is reached; null: as its name in the tags says
   */
  record Wanted(BuildSpec build, List<String> platforms, RegistryOps.@Nullable Registry registry) {}

  /**
   * What was built.
   *
   * @param id the digest of the index
   */
  record Built(String id, List<String> tags, List<String> platforms) {}

  PlatformBuild(
      Engine engine,
      ImageBuilds builds,
      ImageTransfers transfers,
      RegistryOps registries,
      Wanted wanted) {
    this.engine = engine;
    this.builds = builds;
    this.transfers = transfers;
    this.registries = registries;
    this.wanted = wanted;
    this.tags = wanted.build().references();
    wanted.platforms().forEach(Manifest::requirePlatform);
    if (tags.isEmpty()) {
      throw option("tags", "what is pushed needs a name with its registry");
    }
    if (wanted.platforms().isEmpty() || wanted.build().platform() != null) {
      throw option(
          "platforms", "it names at least one platform, and takes the place of `platform`");
    }
    if (tags.stream().anyMatch(tag -> !tag.repository().equals(tags.getFirst().repository()))) {
      throw option("tags", "for several platforms all are of one repository");
    }
  }

  private static HearthException option(String name, String why) {
    return new HearthException(DockerError.BUILD_OPTION, name, why);
  }

  @Override
  public @Nullable BuildNews next() {
    while (digests.size() < wanted.platforms().size()) {
      var platform = wanted.platforms().get(digests.size());
      try {
        var running = current;
        if (running == null) {
          running = builds.begin(wanted.build().on(platform, List.of(partOf(platform).toString())));
          current = running;
        }
        var news = running.next();
        if (news != null) {
          return news.of(platform);
        }
        var digest = pushed(running.result(), platform);
        running.close();
        current = null;
        digests.add(digest);
      } catch (HearthException e) {
        throw explained(e, platform);
      }
    }
    return null;
  }

  private static HearthException explained(HearthException e, String platform) {
    var told = e.sentence() + e.details();
    return e.code() == DockerError.BUILD_FAILED && told.contains(NO_EMULATOR)
        ? e.with("platform", platform)
            .hint(
                "The engine's host cannot run programs of "
                    + platform
                    + ": install an emulator there (`qemu-user-static`, `binfmt-support`).")
        : e;
  }

  /** The name under which the image of one platform is pushed. */
  private ImageReference partOf(String platform) {
    var tag = tags.getFirst();
    return ImageReference.parse(
        tag.repository() + ":" + tag.tagOrLatest() + "-" + platform.replace('/', '-'));
  }

  /** The digest under which the registry has it. */
  private String pushed(ImageBuild.Built built, String platform) {
    var image = transfers.inspect(built.id());
    var made =
        image.path("Os").asText()
            + "/"
            + image.path("Architecture").asText().toLowerCase(Locale.ROOT);
    if (!platform.equals(made) && !platform.startsWith(made + "/")) {
      throw new HearthException(DockerError.BUILD_PLATFORM, platform, made);
    }
    var name = partOf(platform);
    var told = EngineWork.done(transfers.pushing(name)).digest();
    var digest = told == null ? digestOf(name) : told;
    engine.json(EngineCall.delete("/images/{image}", name.toString()).query("noprune", true));
    return digest;
  }

  private RegistryClient client() {
    var given = wanted.registry();
    return registries.client(
        given == null
            ? new RegistryOps.Registry(tags.getFirst().registry(), null, null, null, null)
            : given);
  }

  /** From the registry, where the engine does not tell. */
  private String digestOf(ImageReference name) {
    var client = client();
    var image = new RegistryImage(name.path(), name.tagOrLatest());
    return client
        .digest(image)
        .orElseThrow(
            () ->
                new HearthException(
                    RegistryError.REGISTRY_NOT_FOUND, client.where().host(), image));
  }

  @Override
  public Built result() {
    var client = client();
    var repository = tags.getFirst().path();
    var parts = new ArrayList<Manifest.Part>();
    for (int i = 0; i < digests.size(); i++) {
      var manifest = client.manifest(new RegistryImage(repository, digests.get(i)));
      parts.add(new Manifest.Part(manifest, wanted.platforms().get(i)));
    }
    var index = Manifest.index(parts);
    for (var tag : tags) {
      client.put(new RegistryImage(repository, tag.tagOrLatest()), index);
    }
    return new Built(
        index.digest(), tags.stream().map(ImageReference::toString).toList(), index.platforms());
  }

  @Override
  public void close() {
    var running = current;
    if (running != null) {
      running.close();
    }
  }
}
