package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.http.Http;
import dev.hearth.runtime.effect.http.HttpOptions;
import dev.hearth.runtime.effect.http.Timeouts;
import dev.hearth.runtime.effect.tls.ClientTls;
import dev.hearth.runtime.effect.tls.Fingerprint;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Op;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Registries: what they have, and what can be done with it without an engine. */
final class RegistryOps {
  /** A layer may take long, but not without a byte. */
  private static final Timeouts PATIENT =
      new Timeouts(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ZERO);

  private final Engine engine;
  private final DockerCredentials kept;
  private final Map<Registry, RegistryClient> clients = new ConcurrentHashMap<>();

  RegistryOps(Engine engine, DockerCredentials kept) {
    this.engine = engine;
    this.kept = kept;
  }

  /**
   * A registry and who asks it.
   *
   * @param ca whom to believe, as PEM; null for the authorities of the machine
   * @param fingerprint the SHA-256 that its certificate must have
   */
  record Registry(
      String host,
      @Nullable String username,
      @Nullable String password,
      @Nullable String ca,
      @Nullable String fingerprint) {

    private Optional<RegistryLogin> login() {
      if ((username == null) != (password == null)) {
        throw new HearthException(RegistryError.REGISTRY_LOGIN_INCOMPLETE);
      }
      return username == null || password == null
          ? Optional.empty()
          : Optional.of(new RegistryLogin(host, username, Secret.of(password), false));
    }

    private Optional<ClientTls> tls() {
      return Optional.ofNullable(fingerprint)
          .map(text -> ClientTls.pinned(Fingerprint.parse(text)))
          .or(() -> Optional.ofNullable(ca).map(ClientTls::authorities));
    }

    /** Without what is secret. */
    @Override
    public String toString() {
      return host;
    }
  }

  RegistryClient client(Registry registry) {
    return clients.computeIfAbsent(registry, this::connected);
  }

  /** The recipe named the address, so it is the recipe that must be allowed to reach it. */
  private RegistryClient connected(Registry registry) {
    var usual = HttpOptions.usual().timeouts(PATIENT);
    var options = registry.tls().map(usual::tls).orElse(usual);
    var address = RegistryAddress.parse(registry.host());
    var given = registry.login();
    var net = engine.recipe().net();
    // Whom a recipe says to believe might be anybody: kept logins are for those that the machine
    // believes.
    return new RegistryClient(
        address,
        Http.over(net, options),
        Http.over(net, options.redirects(0)),
        engine.clock(),
        () -> registry.tls().isPresent() ? given : given.or(() -> kept(address)));
  }

  /** What Docker keeps is never sent without TLS: no recipe was given it, so none may show it. */
  private Optional<RegistryLogin> kept(RegistryAddress address) {
    return address.isSafe() ? kept.find(address.host()) : Optional.empty();
  }

  /** Of one registry. */
  record Of(Registry registry) {}

  @Op
  List<String> registryRepositories(Of request) {
    return client(request.registry())
        .names("_catalog", "repositories", "registry:catalog:*", "the list of repositories");
  }

  /** A repository of a registry. */
  record Repository(Registry registry, String repository) {}

  @Op
  List<String> registryTags(Repository request) {
    var client = client(request.registry());
    return tags(client, RegistryImage.repository(request.repository(), client.where()));
  }

  private static List<String> tags(RegistryClient client, String repository) {
    return client.names(
        repository + "/tags/list", "tags", RegistryClient.toRead(repository), repository);
  }

  /**
   * An image of a registry.
   *
   * @param image such as {@code team/app:1.0}
   * @param platform which of an index; null for the index itself
   */
  record Image(Registry registry, String image, @Nullable String platform) {}

  /** Its manifest, and for an image of one platform its configuration. */
  @Op
  ObjectNode inspectRegistryImage(Image request) {
    var client = client(request.registry());
    var image = RegistryImage.parse(request.image(), client.where());
    var manifest = client.manifest(image);
    if (request.platform() != null && manifest.isIndex()) {
      var digest = manifest.forPlatform(request.platform(), image, client.where());
      manifest = client.manifest(image.at(digest));
    }
    var shown = manifest.shown();
    if (manifest.isIndex()) {
      shown.set("platforms", Engine.MAPPER.valueToTree(manifest.platforms()));
      return shown;
    }
    var blobs = manifest.blobs(client.where());
    if (manifest.isImage()) {
      var config = client.config(image.repository(), blobs.getFirst().digest());
      shown.set("config", config);
      shown.putArray("platforms").add(Manifest.platform(config));
    } else {
      shown.putArray("platforms");
    }
    return shown.put("sizeBytes", blobs.stream().mapToLong(blob -> Math.max(0, blob.size())).sum());
  }

  /** Which image to delete, and whether with tags that were not named. */
  record Deletion(Registry registry, String image, @Nullable Boolean allTags) {}

  /**
   * What is gone.
   *
   * @param digest of the image
   * @param tags that it had
   */
  record Deleted(String digest, List<String> tags) {}

  @Op(writes = true)
  Deleted deleteRegistryImage(Deletion request) {
    var client = client(request.registry());
    var image = RegistryImage.parse(request.image(), client.where());
    var digest =
        client
            .digest(image)
            .orElseThrow(
                () ->
                    new HearthException(
                        RegistryError.REGISTRY_NOT_FOUND, client.where().host(), image));
    if (!image.isDigest() && deleted(client, image)) {
      return new Deleted(digest, List.of(image.reference()));
    }
    // Only by its digest, and then with every tag of it.
    var tags = tagsOf(client, image, digest);
    var others = tags.stream().filter(tag -> !tag.equals(image.reference())).toList();
    if (!others.isEmpty() && !Boolean.TRUE.equals(request.allTags())) {
      throw new HearthException(
          RegistryError.REGISTRY_TAGS_SHARED, image, "`" + String.join("`, `", others) + "`");
    }
    if (!deleted(client, image.at(digest))) {
      throw new HearthException(RegistryError.REGISTRY_DELETE_OFF, client.where().host());
    }
    return new Deleted(digest, tags);
  }

  /** Whether the registry did it; not every one deletes by tag, or at all. */
  private static boolean deleted(RegistryClient client, RegistryImage image) {
    try (var answer = client.delete(image)) {
      if (answer.status() == 202 || answer.status() == 200 || answer.status() == 204) {
        return true;
      }
      if (answer.status() == 405 || (answer.status() == 400 && !image.isDigest())) {
        return false;
      }
      var path = image.repository() + "/manifests/" + image.reference();
      throw client.refused(client.request("DELETE", path), answer, image.toString());
    }
  }

  private static List<String> tagsOf(RegistryClient client, RegistryImage image, String digest) {
    var found = new ArrayList<String>();
    for (var tag : tags(client, image.repository())) {
      if (client.digest(image.at(tag)).filter(digest::equals).isPresent()) {
        found.add(tag);
      }
    }
    return found;
  }

  /** What to copy where. */
  record Copying(
      Registry registry,
      String image,
      Registry targetRegistry,
      String targetImage,
      @Nullable String platform) {}

  @Op(writes = true)
  RegistryCopy.Copied copyRegistryImage(Copying request) {
    var from = client(request.registry());
    var to = client(request.targetRegistry());
    return new RegistryCopy(
            from,
            RegistryImage.parse(request.image(), from.where()),
            to,
            RegistryImage.parse(request.targetImage(), to.where()),
            engine.clock())
        .run(request.platform());
  }
}
