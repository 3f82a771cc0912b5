package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Files in and out of containers; the bytes go from Java to Java. */
final class CopyOps {
  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_LINKS = 40;
  private static final long GO_FOLDER = 1L << 31;
  private static final long GO_LINK = 1L << 27;

  /** Devices, pipes, sockets, and what is irregular. */
  private static final long GO_OTHER = 1L << 26 | 1L << 25 | 1L << 24 | 1L << 21 | 1L << 19;

  private final Engine engine;
  private final ContainerOps containers;

  CopyOps(Engine engine, ContainerOps containers) {
    this.engine = engine;
    this.containers = containers;
  }

  /**
   * A copy.
   *
   * @param from here for an upload, in the container for a download
   */
  record Copy(String name, String from, String to) {}

  /**
   * What was copied.
   *
   * @param leftOut devices, pipes and sockets, by their path below what was copied
   */
  record Uploaded(int files, long sizeBytes, List<String> leftOut) {}

  /** What stands in a container at a path. */
  record At(String name, String path) {}

  /**
   * What stands at a path.
   *
   * @param type {@code file}, {@code folder}, {@code link} or {@code other}
   * @param mode nine bits
   * @param target what a link leads to, as the engine tells it
   */
  record Stat(
      String name,
      String type,
      long sizeBytes,
      int mode,
      String modified,
      @Nullable String target) {}

  /** What asks for a path of a container as a tar. */
  static EngineCall archive(String method, String container, String path) {
    return EngineCall.of(method, "/containers/{}/archive", container).query("path", path);
  }

  /** What unpacks a tar in a folder of a container. */
  static EngineCall unpacking(String container, String folder, HttpBody tar) {
    return archive("PUT", container, folder).header("Content-Type", "application/x-tar").body(tar);
  }

  private static String absolute(String path) {
    if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
      throw new HearthException(
          DockerError.OPTION_VALUE, "path", VisibleText.of(path), "absolute path in a container");
    }
    return path;
  }

  /** Folder and name of a path. */
  private record Place(String folder, String name) {
    static Place of(String path) {
      var whole = absolute(path).replaceAll("/+$", "");
      int slash = whole.lastIndexOf('/');
      if (slash < 0 || whole.endsWith("/..") || whole.endsWith("/.")) {
        throw new HearthException(
            DockerError.OPTION_VALUE, "path", VisibleText.of(path), "path of a file or folder");
      }
      return new Place(slash == 0 ? "/" : whole.substring(0, slash), whole.substring(slash + 1));
    }
  }

  @Op(writes = true)
  Uploaded uploadToContainer(Copy request) {
    var place = Place.of(request.to());
    try (var tar =
        LocalTar.of(engine.recipe().files(), LocalPath.of(request.from()), place.name())) {
      try {
        put(request.name(), place, HttpBody.of(tar.stream(), -1));
      } catch (HearthException e) {
        throw tar.because(e);
      }
      var copied = tar.copied();
      return new Uploaded(copied.files(), copied.sizeBytes(), copied.leftOut());
    }
  }

  /** Content for a file: text, or the bytes beside it. */
  record Content(String name, String path, @Nullable String text, @Nullable String mode) {
    private int bits() {
      if (mode == null) {
        return 0644;
      }
      if (!mode.matches("0?[0-7]{3}")) {
        throw new HearthException(DockerError.OPTION_VALUE, "mode", VisibleText.of(mode), "mode")
            .hint("Write it as `chmod` takes it: `0644`.");
      }
      return Integer.parseInt(mode, 8);
    }
  }

  @Op(writes = true)
  void writeInContainer(Content request, byte @Nullable [] bytes) {
    var text = request.text() == null ? "" : request.text();
    var place = Place.of(request.path());
    var content = bytes == null ? text.getBytes(StandardCharsets.UTF_8) : bytes;
    var head = new EngineTar.Head(place.name(), request.bits(), engine.clock().now());
    put(request.name(), place, HttpBody.of(EngineTar.of(tar -> tar.file(head, content))));
  }

  private void put(String container, Place place, HttpBody tar) {
    try {
      engine.whenDone(
          unpacking(container, place.folder(), tar).query("noOverwriteDirNonDir", true));
    } catch (HearthException e) {
      throw withContainer(e, container, place.folder());
    }
  }

  /** 404 means the one or the other. */
  private HearthException withContainer(HearthException e, String container, String path) {
    if (e.code() != DockerError.NOT_FOUND) {
      return e;
    }
    var missing =
        containers.find(container).isPresent()
            ? new HearthException(DockerError.PATH_NOT_FOUND, VisibleText.of(path), container)
            : new HearthException(DockerError.CONTAINER_NOT_FOUND, container);
    return missing.causedBy(e);
  }

  /** It writes here and changes nothing in the container. */
  @Op
  ContainerTar.Copied downloadFromContainer(Copy request) {
    var target = LocalPath.of(request.to());
    var path = resolved(request.name(), absolute(request.from()));
    try (var response = get(request.name(), path)) {
      return ContainerTar.unpack(response.body().stream(), engine.recipe().files(), target);
    } catch (IOException e) {
      throw broken(request.from(), e);
    }
  }

  private HttpResponse get(String container, String path) {
    try {
      return engine.stream(archive("GET", container, path));
    } catch (HearthException e) {
      throw withContainer(e, container, path);
    }
  }

  private static HearthException broken(String path, IOException e) {
    if (Thread.currentThread().isInterrupted()) {
      return new HearthException(DockerError.INTERRUPTED, "copy of " + path).causedBy(e);
    }
    return new HearthException(
            FileError.FAILED, VisibleText.of(path), VisibleText.of(String.valueOf(e.getMessage())))
        .causedBy(e);
  }

  /** Null when nothing stands there. */
  @Op
  Optional<Stat> statInContainer(At request) {
    var call = archive("HEAD", request.name(), absolute(request.path()));
    try (var response = engine.stream(call)) {
      return Optional.of(stat(response.headers().first("X-Docker-Container-Path-Stat").orElse("")));
    } catch (HearthException e) {
      var said = withContainer(e, request.name(), request.path());
      if (said.code() == DockerError.PATH_NOT_FOUND) {
        return Optional.empty();
      }
      throw said;
    }
  }

  private Stat stat(String header) {
    JsonNode told;
    try {
      told =
          Engine.MAPPER.readTree(
              new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new HearthException(DockerError.NOT_DOCKER, engine.place()).causedBy(e);
    }
    long mode = told.path("mode").asLong();
    var target = told.path("linkTarget").asText("");
    return new Stat(
        told.path("name").asText(),
        type(mode),
        told.path("size").asLong(),
        (int) (mode & 0777),
        told.path("mtime").asText(),
        target.isEmpty() ? null : target);
  }

  private static String type(long mode) {
    if ((mode & GO_LINK) != 0) {
      return "link";
    }
    if ((mode & GO_FOLDER) != 0) {
      return "folder";
    }
    return (mode & GO_OTHER) == 0 ? "file" : "other";
  }

  /** What a path leads to, behind links, as whoever names a file means. */
  private String resolved(String container, String path) {
    var at = path;
    for (int i = 0; i < MOST_LINKS; i++) {
      var stat = statInContainer(new At(container, at));
      if (stat.isEmpty()) {
        throw new HearthException(DockerError.PATH_NOT_FOUND, VisibleText.of(at), container);
      }
      var target = stat.get().target();
      if (!stat.get().type().equals("link") || target == null) {
        return at;
      }
      at = target.startsWith("/") ? target : at.substring(0, at.lastIndexOf('/') + 1) + target;
    }
    throw new HearthException(DockerError.COPY_NO_FILE, VisibleText.of(path));
  }

  @Op
  String readTextInContainer(At request) {
    return new String(read(request), StandardCharsets.UTF_8);
  }

  @Op
  byte[] readBytesInContainer(At request) {
    return read(request);
  }

  private byte[] read(At request) {
    var path = resolved(request.name(), absolute(request.path()));
    try (var response = get(request.name(), path);
        var tar =
            new TarArchiveInputStream(response.body().stream(), StandardCharsets.UTF_8.name())) {
      var entry = tar.getNextEntry();
      if (entry == null || !entry.isFile()) {
        throw new HearthException(DockerError.COPY_NO_FILE, VisibleText.of(request.path()));
      }
      if (entry.getSize() > MOST_BYTES) {
        throw new HearthException(
            DockerError.COPY_TOO_LARGE, VisibleText.of(request.path()), MOST_BYTES >> 20);
      }
      return tar.readNBytes((int) MOST_BYTES);
    } catch (IOException e) {
      throw broken(request.path(), e);
    }
  }
}
