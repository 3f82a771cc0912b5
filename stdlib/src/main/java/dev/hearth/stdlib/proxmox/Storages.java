package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files on the storages of a node. */
final class Storages {
  private final ProxmoxConnection connection;
  private final Tasks tasks;

  Storages(ProxmoxConnection connection, Tasks tasks) {
    this.connection = connection;
    this.tasks = tasks;
  }

  /** The name that a storage gives a file: the rules of Proxmox, so that it is found again. */
  static String storedName(String filename) {
    return filename.replaceFirst("^.*[/\\\\]", "").replaceAll("[^A-Za-z0-9_.-]", "_");
  }

  /**
   * What a node is to download.
   *
   * @param content {@code iso}, {@code vztmpl} or {@code import}
   * @param checksum of the file, and then {@code algorithm} as well
   */
  record Download(
      String url,
      String filename,
      String content,
      @Nullable String checksum,
      @Nullable String algorithm) {

    String storedName() {
      return Storages.storedName(filename);
    }

    String volid(String storage) {
      return storage + ":" + content + "/" + storedName();
    }
  }

  /**
   * A file that is there now.
   *
   * @param changed whether it was not there before
   */
  record Stored(String volid, boolean changed) {}

  Optional<JsonNode> find(String node, String storage, String volid) {
    return connection
        .data(ApiCall.get("nodes", node, "storage", storage, "content"))
        .valueStream()
        .filter(volume -> volume.path("volid").asText().equals(volid))
        .findFirst();
  }

  /**
   * Has the node download a file. One that is there is kept; with a checksum the node compares it,
   * and another content is an error.
   */
  Stored download(String node, String storage, Download file) {
    var volid = file.volid(storage);
    boolean there = find(node, storage, volid).isPresent();
    if (there && file.checksum() == null) {
      return new Stored(volid, false);
    }
    tasks.run(
        ApiCall.post("nodes", node, "storage", storage, "download-url")
            .with(
                params -> {
                  params.put("url", file.url()).put("content", file.content());
                  params.put("filename", file.storedName());
                  if (file.checksum() != null) {
                    params.put("checksum", file.checksum());
                    params.put(
                        "checksum-algorithm",
                        file.algorithm() == null ? "sha256" : file.algorithm());
                  }
                }));
    return new Stored(volid, !there);
  }

  /** Deletes a file or disk; says whether it was there. */
  boolean delete(String node, String storage, String volid) {
    if (!volid.startsWith(storage + ":")) {
      throw new HearthException(ProxmoxError.PATH_SEGMENT, volid);
    }
    if (find(node, storage, volid).isEmpty()) {
      return false;
    }
    tasks.run(ApiCall.delete("nodes", node, "storage", storage, "content", volid));
    return true;
  }
}
