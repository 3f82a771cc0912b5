package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Begins builds. */
final class ImageBuilds {
  private final Engine engine;
  private final DockerCredentials credentials;

  ImageBuilds(Engine engine, DockerCredentials credentials) {
    this.engine = engine;
    this.credentials = credentials;
  }

  /** Begins a build; the caller reads it to its end. */
  EngineWork<BuildNews, ImageBuild.Built> begin(BuildSpec spec) {
    return spec.needsSession() ? new BuildxBuild(engine, spec) : overApi(spec);
  }

  private ImageBuild overApi(BuildSpec spec) {
    boolean isPodman = engine.isPodman();
    boolean isBuildKit = !isPodman && !spec.isClassic();
    var context = BuildContext.of(spec, engine.recipe().files(), !isBuildKit);
    var call =
        EngineCall.post("/build")
            .query("version", isBuildKit ? "2" : "1")
            .query("dockerfile", context.dockerfile())
            .query("buildargs", json(spec.buildArgs()))
            .query("labels", json(spec.labels()))
            .query("target", spec.target())
            .query("platform", spec.platform())
            .query("nocache", flag(spec.noCache()))
            .query("pull", flag(spec.pull()))
            .query("networkmode", spec.network())
            .query("shmsize", spec.shmSizeBytes())
            .query("rm", "1")
            .query("forcerm", "1")
            .header("Content-Type", "application/x-tar");
    for (var tag : spec.references()) {
      call = call.query("t", tag.repository() + ":" + tag.tagOrLatest());
    }
    call = hosts(call, spec, isPodman);
    var logins = logins(spec, context);
    if (logins.isPresent()) {
      call = call.header("X-Registry-Config", logins.get());
    }
    return new ImageBuild(engine, spec, call.body(context.body()), isBuildKit);
  }

  /** Podman wants them as a list in JSON, Docker one by one. */
  private static EngineCall hosts(EngineCall call, BuildSpec spec, boolean isPodman) {
    if (spec.extraHosts() == null || spec.extraHosts().isEmpty()) {
      return call;
    }
    if (isPodman) {
      ArrayNode all = Engine.MAPPER.createArrayNode();
      spec.extraHosts().forEach(all::add);
      return call.query("extrahosts", all);
    }
    var more = call;
    for (var host : spec.extraHosts()) {
      more = more.query("extrahosts", host);
    }
    return more;
  }

  private static @Nullable String flag(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value) ? "1" : null;
  }

  private static @Nullable JsonNode json(@Nullable Map<String, String> values) {
    return values == null || values.isEmpty()
        ? null
        : Engine.MAPPER.valueToTree(new TreeMap<>(values));
  }

  /** Those to registries that the Dockerfile names; more than it needs, it is not told. */
  private Optional<String> logins(BuildSpec spec, BuildContext context) {
    var text =
        context.dockerfileText().orElse("")
            + (spec.buildArgs() == null ? "" : String.join("\n", spec.buildArgs().values()));
    var all = Engine.MAPPER.createObjectNode();
    for (var registry : credentials.registries()) {
      boolean isHub = DockerCredentials.key(registry).startsWith("https://");
      if (isHub || text.contains(registry)) {
        credentials.find(registry).ifPresent(login -> all.set(login.registry(), login.node()));
      }
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(RegistryLogin.encoded(all));
  }

  /**
   * What a build is made of, as one hash: files with their names and modes, and the options; so
   * that the same is not built again.
   */
  String fingerprint(BuildSpec spec) {
    var context = BuildContext.of(spec, engine.recipe().files(), true);
    var digest = sha256();
    var options =
        new BuildSpec(
            "",
            context.dockerfile(),
            null,
            null,
            spec.buildArgs(),
            spec.labels(),
            spec.target(),
            spec.platform(),
            null,
            null,
            spec.network(),
            spec.extraHosts(),
            spec.shmSizeBytes(),
            null,
            null,
            null,
            null,
            null);
    digest.update(Engine.MAPPER.valueToTree(options).toString().getBytes(StandardCharsets.UTF_8));
    try (var input =
        new DigestInputStream(
            context.isTar() ? context.body().stream() : context.tar(true), digest)) {
      input.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new HearthException(DockerError.BUILD_CONTEXT_CHANGED, spec.shown()).causedBy(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
