package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.http.HttpBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Configuration, users and certificate of a registry: files in its container and nowhere else. */
final class RegistryServerFiles {
  private static final long BYTES = 4L * 1024 * 1024;
  private static final int PRIVATE = 0600;
  private static final int FOLDER_MODE = 0755;

  private final Engine engine;

  RegistryServerFiles(Engine engine) {
    this.engine = engine;
  }

  /** What a description wants, as a tar for {@code /}. */
  byte[] tarOf(RegistryServerSpec spec) {
    return EngineTar.of(tar -> writeTo(tar, spec));
  }

  private void writeTo(EngineTar tar, RegistryServerSpec spec) throws IOException {
    tar.folder(head(RegistryServerSpec.FOLDER, FOLDER_MODE));
    add(tar, RegistryServerSpec.CONFIG, spec.config());
    var tls = spec.tls();
    if (tls != null) {
      add(tar, RegistryServerSpec.CERTIFICATE, tls.certificate());
      add(tar, RegistryServerSpec.KEY, tls.key());
    }
    var users = spec.users();
    if (users != null && spec.hasUsers()) {
      add(tar, RegistryServerSpec.USERS, RegistryUsers.file(users));
    }
  }

  private EngineTar.Head head(String path, int mode) {
    return new EngineTar.Head(path.substring(1), mode, engine.clock().now());
  }

  private void add(EngineTar tar, String path, String content) throws IOException {
    tar.file(head(path, PRIVATE), content.getBytes(StandardCharsets.UTF_8));
  }

  /** What a container has, by path. */
  Map<String, String> read(String id) {
    var files = new TreeMap<String, String>();
    try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(archive(id)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()) {
          files.put(
              "/etc/" + entry.getName(), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
      return files;
    } catch (IOException e) {
      throw new HearthException(DockerError.NOT_DOCKER, engine.place()).causedBy(e);
    }
  }

  /** The same as a tar for {@code /etc}. */
  byte[] archive(String id) {
    var call =
        CopyOps.archive("GET", id, RegistryServerSpec.FOLDER)
            .about(DockerError.CONTAINER_NOT_FOUND, id);
    try (var answer = engine.stream(call)) {
      return answer.body().bytes(BYTES);
    }
  }

  /** Puts a tar into a container that has not started yet. */
  void put(String id, String folder, byte[] tar) {
    engine.json(CopyOps.unpacking(id, folder, HttpBody.of(tar)));
  }
}
