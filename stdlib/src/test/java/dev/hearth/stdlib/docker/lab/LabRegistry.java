package dev.hearth.stdlib.docker.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Debian's {@code docker-registry} on a port of the loopback, with TLS by an authority of its own.
 * It deletes, and it lets in {@link #USER}.
 */
public final class LabRegistry implements AutoCloseable {
  public static final String USER = "alice";
  public static final String PASSWORD = "wonderland";

  private final LabProcess process;

  private LabRegistry(LabProcess process) {
    this.process = process;
  }

  /** Starts one. */
  public static LabRegistry start() {
    return start(folder());
  }

  /** Starts one that wants the tokens of somebody else. */
  public static LabRegistry start(TokenServer tokens) {
    return start(
        tokens.folder(),
        "auth:",
        "  token:",
        "    realm: " + tokens.realm(),
        "    service: lab",
        "    issuer: " + TokenServer.ISSUER,
        "    rootcertbundle: " + tokens.folder().resolve("tls/ca.pem"));
  }

  private static LabRegistry start(Path folder, String... auth) {
    var words = new ArrayList<>(List.of("registry", folder.toString()));
    words.addAll(List.of(auth));
    return new LabRegistry(LabProcess.start(words.toArray(String[]::new)));
  }

  /** Of its own for one registry, which removes it. */
  static Path folder() {
    try {
      return Files.createTempDirectory("hearth-registry-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return Integer.parseInt(process.fact("port"));
  }

  /** Host and port, as names of images begin. */
  public String host() {
    return "127.0.0.1:" + port();
  }

  /** The certificate of its authority. */
  public Path ca() {
    return Path.of(process.fact("certificates")).resolve("ca.pem");
  }

  /** Where it keeps what it has. */
  public Path storage() {
    return Path.of(process.fact("folder")).resolve("storage");
  }

  /**
   * Puts the engine's {@code lab/bb:1} into it, by that engine, under a name such as {@code
   * team/app:1}.
   */
  public void push(DockerLab lab, String image) {
    push(lab, "lab/bb:1", image);
  }

  /** Puts an image of an engine into it, by that engine. */
  public void push(DockerLab lab, String local, String image) {
    var name = host() + "/" + image;
    try (var _ = lab.expose(port())) {
      lab.docker("tag", local, name);
      lab.docker("--config", config().toString(), "push", name);
      lab.docker("rmi", name);
    }
  }

  /** Where Docker's client finds the login. */
  private Path config() {
    var folder = Path.of(process.fact("folder")).resolve("docker-config");
    var login = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(UTF_8));
    try {
      Files.writeString(
          Files.createDirectories(folder).resolve("config.json"),
          "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(host(), login));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts an index over images that it has, each for a platform of its own. */
  public void index(String repository, String tag, Map<String, String> digestsByPlatform) {
    var children =
        digestsByPlatform.entrySet().stream()
            .map(
                each ->
                    """
                    {"mediaType":"application/vnd.docker.distribution.manifest.v2+json","size":1,"digest":"%s",\
                    "platform":{"os":"%s","architecture":"%s"}}"""
                        .formatted(
                            each.getValue(),
                            each.getKey().split("/", -1)[0],
                            each.getKey().split("/", -1)[1]))
            .collect(Collectors.joining(","));
    var type = "application/vnd.oci.image.index.v1+json";
    LabProcess.run(
        "tool",
        "curl",
        "-sf",
        "--cacert",
        ca().toString(),
        "-u",
        USER + ":" + PASSWORD,
        "-X",
        "PUT",
        "-H",
        "Content-Type: " + type,
        "-d",
        "{\"schemaVersion\":2,\"mediaType\":\"" + type + "\",\"manifests\":[" + children + "]}",
        "https://" + host() + "/v2/" + repository + "/manifests/" + tag);
  }

  @Override
  public void close() {
    process.close();
  }
}
