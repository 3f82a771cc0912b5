package dev.hearth.stdlib.proxmox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.http.HttpBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings a file of this machine, or bytes, to a storage. A file passes as a stream, so its size
 * does not matter here; the node keeps it in its own {@code /var/tmp} until it has all of it.
 */
final class Upload {
  private final ProxmoxConnection connection;
  private final Tasks tasks;
  private final Storages storages;
  private final Files files;

  /**
   * For one connection.
   *
   * @param files what the recipe may read
   */
  Upload(ProxmoxConnection connection, Tasks tasks, Storages storages, Files files) {
    this.connection = connection;
    this.tasks = tasks;
    this.storages = storages;
    this.files = files;
  }

  /**
   * What is to be brought.
   *
   * @param path where it lies here; null for bytes that stand beside
   * @param content {@code iso}, {@code vztmpl} or {@code import}
   * @param filename what it is called there; as here unless it is said, which bytes need
   * @param checksum of the file, by {@code algorithm}, SHA-256 unless that is said
   * @param replace whether one of that name is written over
   */
  record Request(
      @Nullable String path,
      String content,
      @Nullable String filename,
      @Nullable String checksum,
      @Nullable String algorithm,
      @Nullable Boolean replace) {

    /** The name that the storage gives it. */
    private String storedName() {
      var name = filename == null ? path : filename;
      if (name == null) {
        throw new HearthException(ProxmoxError.UPLOAD_WHAT);
      }
      return Storages.storedName(name);
    }
  }

  Storages.Stored store(String node, String storage, Request request, byte @Nullable [] beside) {
    var path = request.path();
    if ((beside == null) == (path == null)) {
      throw new HearthException(ProxmoxError.UPLOAD_WHAT);
    }
    if (beside != null) {
      return store(
          node, storage, request, new Bytes(beside.length, () -> new ByteArrayInputStream(beside)));
    }
    var file = local(String.valueOf(path));
    long size =
        files
            .stat(file)
            .orElseThrow(() -> new HearthException(ProxmoxError.UPLOAD_FILE, path))
            .sizeBytes();
    return store(node, storage, request, new Bytes(size, () -> files.open(file)));
  }

  /** What is sent, and how much it is. */
  private record Bytes(long size, Supplier<InputStream> content) {}

  private Storages.Stored store(String node, String storage, Request request, Bytes bytes) {
    var volid = storage + ":" + request.content() + "/" + request.storedName();
    var there = storages.find(node, storage, volid);
    if (there.isPresent() && !Boolean.TRUE.equals(request.replace())) {
      if (there.get().path("size").asLong() == bytes.size() && request.checksum() == null) {
        return new Storages.Stored(volid, false);
      }
      throw new HearthException(ProxmoxError.VOLUME_EXISTS, volid);
    }
    var call = ApiCall.post("nodes", node, "storage", storage, "upload");
    tasks.await(Upid.parse(send(call, request, bytes)), Tasks.DEFAULT_LIMIT);
    return new Storages.Stored(volid, true);
  }

  private static Path local(String path) {
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new HearthException(ProxmoxError.UPLOAD_FILE, path).causedBy(e);
    }
  }

  /** The form as Proxmox reads it: the file last, and its disposition before its type. */
  private String send(ApiCall call, Request request, Bytes bytes) {
    var boundary = "hearth-" + UUID.randomUUID();
    var head = new StringBuilder();
    field(head, boundary, "content", request.content());
    if (request.checksum() != null) {
      var algorithm = request.algorithm() == null ? "sha256" : request.algorithm();
      field(head, boundary, "checksum-algorithm", algorithm);
      field(head, boundary, "checksum", request.checksum());
    }
    head.append("--").append(boundary).append("\r\n");
    head.append("Content-Disposition: form-data; name=\"filename\"; filename=\"");
    head.append(request.storedName()).append("\"\r\n");
    head.append("Content-Type: application/octet-stream\r\n\r\n");
    var before = head.toString().getBytes(UTF_8);
    var after = ("\r\n--" + boundary + "--\r\n").getBytes(UTF_8);
    try (var content = bytes.content().get()) {
      var whole =
          new SequenceInputStream(
              Collections.enumeration(
                  List.<InputStream>of(
                      new ByteArrayInputStream(before), content, new ByteArrayInputStream(after))));
      var body = HttpBody.of(whole, before.length + bytes.size() + after.length);
      return connection.upload(call, "multipart/form-data; boundary=" + boundary, body).asText();
    } catch (IOException e) {
      throw new UncheckedIOException("Closing what was read broke.", e);
    }
  }

  private static void field(StringBuilder form, String boundary, String name, String value) {
    form.append("--").append(boundary).append("\r\n");
    form.append("Content-Disposition: form-data; name=\"").append(name).append("\"\r\n\r\n");
    form.append(value.replaceAll("[\\r\\n]", "")).append("\r\n");
  }
}
