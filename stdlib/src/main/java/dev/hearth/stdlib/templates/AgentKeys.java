package dev.hearth.stdlib.templates;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Net;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The public keys that an ssh-agent has: one question of its protocol, over its Unix socket. */
final class AgentKeys {
  private static final byte[] WHICH_KEYS = {0, 0, 0, 1, 11};
  private static final int KEYS_ANSWER = 12;
  private static final int LARGEST_ANSWER = 256 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private AgentKeys() {}

  /** As lines of {@code authorized_keys}. */
  static List<String> of(Net net, Path socket) {
    try (var stream = net.connect(socket)) {
      stream.readTimeout(PATIENCE);
      stream.output().write(WHICH_KEYS);
      stream.output().flush();
      var input = new DataInputStream(stream.input());
      int length = input.readInt();
      if (length < 5 || length > LARGEST_ANSWER) {
        throw new IOException("It announced " + length + " bytes.");
      }
      return keys(new DataInputStream(new ByteArrayInputStream(input.readNBytes(length))));
    } catch (IOException e) {
      throw new HearthException(TemplatesError.AGENT_BROKEN, socket)
          .with("reason", String.valueOf(e.getMessage()))
          .causedBy(e);
    }
  }

  private static List<String> keys(DataInputStream answer) throws IOException {
    if (answer.readUnsignedByte() != KEYS_ANSWER) {
      throw new IOException("It refused.");
    }
    List<String> keys = new ArrayList<>();
    for (int left = answer.readInt(); left > 0; left--) {
      var key = bytes(answer);
      var comment = new String(bytes(answer), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
      var line = kind(key) + " " + Base64.getEncoder().encodeToString(key) + " " + comment;
      keys.add(line.strip());
    }
    return keys;
  }

  /** A key begins with the name of its kind. */
  private static String kind(byte[] key) throws IOException {
    return new String(
        bytes(new DataInputStream(new ByteArrayInputStream(key))), StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("It broke off.");
    }
    return in.readNBytes(length);
  }
}
