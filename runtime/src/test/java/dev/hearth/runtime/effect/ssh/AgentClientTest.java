package dev.hearth.runtime.effect.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.EdECPublicKey;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent with keys of kinds that are not in every test machine. */
class AgentClientTest {
  private final Path socket;

  AgentClientTest(@TempDir Path folder) {
    socket = folder.resolve("agent");
  }

  @Test
  void keys_of_security_keys_and_of_unknown_kinds_are_not_offered() throws IOException {
    Client.shared(); // which brings Ed25519 to MINA
    try (var _ =
        StreamServer.start(
            new SystemNet().listen(socket), AgentClientTest::tellKeys, (peer, failure) -> {})) {
      var keys = new AgentClient(new SystemNet(), socket).keys();

      assertThat(keys).extracting(AgentClient.Key::comment).containsExactly("plain");
    }
  }

  private static void tellKeys(NetStream stream) throws IOException {
    var input = new DataInputStream(stream.input());
    input.readNBytes(input.readInt());
    var answer = new ByteArrayBuffer();
    answer.putByte((byte) 12);
    answer.putInt(3);
    answer.putBytes(key("sk-ssh-ed25519@openssh.com", "ssh:"));
    answer.putString("in hardware");
    answer.putBytes(key("ssh-ed25519", null));
    answer.putString("plain");
    answer.putBytes(key("ssh-of-tomorrow", null));
    answer.putString("unknown");
    var message = new ByteArrayBuffer();
    message.putBytes(answer.getCompactData());
    stream.output().write(message.getCompactData());
    stream.output().flush();
  }

  private static byte[] key(String type, @Nullable String application) {
    var wire = new ByteArrayBuffer();
    wire.putString(type);
    wire.putBytes(point());
    if (application != null) {
      wire.putString(application);
    }
    return wire.getCompactData();
  }

  /** A point that is one. */
  private static byte[] point() {
    try {
      var key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
      var encoded = ((EdECPublicKey) key).getEncoded();
      var point = new byte[32];
      System.arraycopy(encoded, encoded.length - 32, point, 0, 32);
      return point;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
