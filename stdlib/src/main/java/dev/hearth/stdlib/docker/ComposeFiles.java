package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.permission.PermissionError;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.stdlib.docker.compose.ComposeError;
import dev.hearth.stdlib.docker.compose.ComposeSource;
import dev.hearth.stdlib.docker.compose.Findings;
import dev.hearth.stdlib.docker.compose.Place;
import dev.hearth.stdlib.docker.compose.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Configs and secrets of a service. A file of the engine's own machine is bound, as Compose does;
 * what has no file there, or is to have another owner or mode, is put into the container before it
 * starts.
 *
 * @param binds mounts, in the form of {@code volumes}
 * @param contents what is put in
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
record ComposeFiles(List<ObjectNode> binds, List<Content> contents) {
  /** No files. */
  static final ComposeFiles NONE = new ComposeFiles(List.of(), List.of());

  /** One file. */
  private record Content(String target, byte[] bytes, int mode, long user, long group) {}

  static ComposeFiles of(String service, Engine engine, Project project, ComposeSource source) {
    var files = new ComposeFiles(new ArrayList<>(), new ArrayList<>());
    var findings = new Findings();
    for (var kind : List.of("configs", "secrets")) {
      for (var use : project.service(service).path(kind)) {
        var name = use.path("source").asText();
        var definition = project.data().path(kind).path(name);
        findings.without(() -> files.add(use, definition, engine, source, kind + "." + name));
      }
    }
    findings.raise();
    return files;
  }

  private void add(
      JsonNode use, JsonNode definition, Engine engine, ComposeSource source, String path) {
    var folder = path.startsWith("secrets.") ? "/run/secrets/" : "/";
    var named = use.path("target").asText(use.path("source").asText());
    var target = named.startsWith("/") ? named : folder + named;
    var file = definition.path("file").asText("");
    boolean isAsItIs = !use.has("mode") && !use.has("uid") && !use.has("gid");
    boolean isLocal = engine.configuration().address() instanceof EngineAddress.Unix;
    if (!file.isEmpty() && isAsItIs && isLocal) {
      requireThere(engine, Path.of(file), source.place(path + ".file"), path);
      var bind = Engine.MAPPER.createObjectNode();
      bind.put("type", "bind").put("source", file).put("target", target).put("read_only", true);
      bind.putObject("bind").put("create_host_path", false);
      binds.add(bind);
      return;
    }
    byte[] bytes =
        !file.isEmpty()
            ? read(engine, Path.of(file), source.place(path + ".file"), path)
            : text(definition, source, path).getBytes(StandardCharsets.UTF_8);
    contents.add(
        new Content(
            target,
            bytes,
            use.path("mode").asInt(0444),
            use.path("uid").asLong(0),
            use.path("gid").asLong(0)));
  }

  private static byte[] read(Engine engine, Path file, Place place, String path) {
    try {
      return engine.recipe().files().read(file);
    } catch (HearthException e) {
      throw e.code() == FileError.NOT_FOUND ? missing(file, place, path).causedBy(e) : e;
    }
  }

  /** A file that is bound is the engine's to read, so the recipe need not be able to look. */
  private static void requireThere(Engine engine, Path file, Place place, String path) {
    try {
      if (!engine.recipe().files().exists(file)) {
        throw missing(file, place, path);
      }
    } catch (HearthException e) {
      if (e.code() != PermissionError.DENIED) {
        throw e;
      }
    }
  }

  private static HearthException missing(Path file, Place place, String path) {
    return place.error(
        ComposeError.COMPOSE_VALUE,
        "the file of `" + path + "` is not there: " + VisibleText.of(file.toString()),
        "Make it, or correct its path.");
  }

  private static String text(JsonNode definition, ComposeSource source, String path) {
    if (definition.has("content")) {
      return definition.path("content").asText();
    }
    var variable = definition.path("environment").asText("");
    if (variable.isEmpty()) {
      throw source
          .place(path)
          .error(
              ComposeError.COMPOSE_VALUE,
              "`" + path + "` says nothing of what is in it",
              "Give it a `file`, or a variable with `environment`.");
    }
    var value = source.variablesOfModel().get(variable);
    if (value == null) {
      throw source.place(path).error(ComposeError.COMPOSE_VARIABLE, variable, "it is not set");
    }
    return value;
  }

  /** Of what is put in; a change of it makes another container. */
  String digest() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var each : contents) {
        digest.update(
            "%s\0%d\0%d\0%d\0%d\0"
                .formatted(each.target, each.mode, each.user, each.group, each.bytes.length)
                .getBytes(StandardCharsets.UTF_8));
        digest.update(each.bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /** Puts the files into a container that does not run yet. */
  void putInto(Engine engine, String container) {
    if (contents.isEmpty()) {
      return;
    }
    try {
      engine.json(
          CopyOps.unpacking(
              container,
              "/",
              HttpBody.of(EngineTar.of(tar -> writeTo(tar, engine.clock().now())))));
    } catch (HearthException e) {
      throw e.with("files", contents.stream().map(Content::target).toList());
    }
  }

  private void writeTo(EngineTar tar, Instant now) throws IOException {
    for (var each : contents) {
      var name = each.target.replaceFirst("^/+", "");
      tar.file(new EngineTar.Head(name, each.mode, now, each.user, each.group), each.bytes);
    }
  }
}
