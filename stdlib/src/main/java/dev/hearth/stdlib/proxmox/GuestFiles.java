package dev.hearth.stdlib.proxmox;

import dev.hearth.runtime.HearthException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Files inside a VM, byte for byte, through its guest agent. What is larger than one request is put
 * together beside its place and then moved there, so nobody sees half of it.
 */
final class GuestFiles {
  /** In base 64 and percent-encoded it still fits into the 64 KiB that older servers take. */
  private static final int PIECE = 40 * 1024;

  private static final int MOST = 16 * 1024 * 1024;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final ProxmoxConnection connection;
  private final long vmid;
  private final String node;

  GuestFiles(ProxmoxConnection connection, long vmid, String node) {
    this.connection = connection;
    this.vmid = vmid;
    this.node = node;
  }

  /** A whole file; the API shows each byte as the character of its number. */
  byte[] read(String path) {
    var answer =
        connection.data(
            ApiCall.get("nodes", node, "qemu", vmid, "agent", "file-read")
                .with(params -> params.put("file", path)));
    if (answer.path("truncated").asBoolean() || answer.path("truncated").asInt() == 1) {
      throw new HearthException(
          ProxmoxError.AGENT_FILE_LARGE, path, "it gives the first 16 MiB only");
    }
    return answer.path("content").asText().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Makes a file, or replaces one. */
  void write(String path, byte[] content) {
    if (content.length > MOST) {
      throw new HearthException(
          ProxmoxError.AGENT_FILE_LARGE, path, content.length + " bytes, of at most 16 MiB");
    }
    if (content.length <= PIECE) {
      put(path, content);
      return;
    }
    var whole = path + ".hearth-new";
    var piece = path + ".hearth-piece";
    put(whole, Arrays.copyOf(content, PIECE));
    for (int at = PIECE; at < content.length; at += PIECE) {
      put(piece, Arrays.copyOfRange(content, at, Math.min(content.length, at + PIECE)));
      run(path, "dd", "if=" + piece, "of=" + whole, "oflag=append", "conv=notrunc");
    }
    run(path, "mv", "-f", whole, path);
    run(path, "rm", "-f", piece);
  }

  private void put(String path, byte[] content) {
    connection.data(
        ApiCall.post("nodes", node, "qemu", vmid, "agent", "file-write")
            .with(
                params ->
                    params
                        .put("file", path)
                        .put("content", Base64.getEncoder().encodeToString(content))
                        .put("encode", 0)));
  }

  private void run(String path, String... words) {
    var command = new GuestAgent.Command(List.of(words), null, LIMIT);
    var ended = new GuestAgent(connection).exec(vmid, node, command);
    if (ended.path("exitcode").asInt(-1) != 0) {
      var said = ended.path("err-data").asText("").strip();
      throw new HearthException(
          ProxmoxError.AGENT_FILE,
          path,
          vmid,
          "`"
              + words[0]
              + "` ended with "
              + ended.path("exitcode").asText("a signal")
              + (said.isEmpty() ? "" : " (" + said + ")"));
    }
  }
}
