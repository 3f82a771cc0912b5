package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.http.HttpBody;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Configuration, users and certificate of a registry: files in its container and nowhere else. */
final class RegistryServerFiles {
  private static final long BYTES = 4L * 1024 * 1024;
  private static final int PRIVATE = 0600;

  private final Engine engine;

  RegistryServerFiles(Engine engine) {
    this.engine = engine;
  }

  /** What a description wants, as a tar for {@code /}. */
  static byte[] of(RegistryServerSpec spec) {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
      var folder = new TarArchiveEntry(RegistryServerSpec.FOLDER.substring(1) + "/");
      folder.setMode(TarArchiveEntry.DEFAULT_DIR_MODE);
      tar.putArchiveEntry(folder);
      tar.closeArchiveEntry();
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
    } catch (IOException e) {
      throw new IllegalStateException("Writing to an array does no output.", e);
    }
    return bytes.toByteArray();
  }

  private static void add(TarArchiveOutputStream tar, String path, String content)
      throws IOException {
    var data = content.getBytes(StandardCharsets.UTF_8);
    var entry = new TarArchiveEntry(path.substring(1));
    entry.setSize(data.length);
    entry.setMode(PRIVATE);
    tar.putArchiveEntry(entry);
    tar.write(data);
    tar.closeArchiveEntry();
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
        EngineCall.get("/containers/{}/archive", id)
            .query("path", RegistryServerSpec.FOLDER)
            .about(DockerError.CONTAINER_NOT_FOUND, id);
    try (var answer = engine.stream(call)) {
      return answer.body().bytes(BYTES);
    }
  }

  /** Puts a tar into a container that has not started yet. */
  void put(String id, String folder, byte[] tar) {
    engine.json(
        EngineCall.of("PUT", "/containers/{}/archive", id)
            .query("path", folder)
            .header("Content-Type", "application/x-tar")
            .body(HttpBody.of(tar)));
  }
}
