package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.NetStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * The user's ssh-agent, which signs with keys that it gives to nobody: two of the messages of its
 * protocol, over its Unix socket. Each exchange has a connection of its own.
 */
final class AgentClient {
  private static final byte REQUEST_IDENTITIES = 11;
  private static final byte IDENTITIES_ANSWER = 12;
  private static final byte SIGN_REQUEST = 13;
  private static final byte SIGN_RESPONSE = 14;
  private static final int RSA_SHA2_256 = 2;
  private static final int RSA_SHA2_512 = 4;
  private static final int LARGEST_ANSWER = 256 * 1024;

  /** A key in hardware waits for a touch; a person is allowed to be slow. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Net net;
  private final Path socket;

  AgentClient(Net net, Path socket) {
    this.net = net;
    this.socket = socket;
  }

  /**
   * A key that the agent has.
   *
   * @param wire the key as the agent knows it
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares keys by this record
  record Key(PublicKey key, byte[] wire, String comment) {}

  /**
   * The keys, without those of a kind that MINA does not know and without those of security keys,
   * whose signatures have another form.
   */
  List<Key> keys() {
    var request = new ByteArrayBuffer();
    request.putByte(REQUEST_IDENTITIES);
    var answer = exchange(request, IDENTITIES_ANSWER);
    var keys = new ArrayList<Key>();
    try {
      for (int left = answer.getInt(); left > 0; left--) {
        var wire = answer.getBytes();
        var comment = answer.getString();
        parse(wire, comment, keys);
      }
    } catch (RuntimeException e) {
      throw broken(e);
    }
    return keys;
  }

  private static void parse(byte[] wire, String comment, List<Key> keys) {
    PublicKey key;
    try {
      key = new ByteArrayBuffer(wire).getRawPublicKey();
    } catch (Exception e) {
      return; // one of a kind that could not log in from here
    }
    if (!KeyUtils.getKeyType(key).startsWith("sk-")) {
      keys.add(new Key(key, wire, comment));
    }
  }

  /** The signature alone, without the name of its algorithm. */
  byte[] sign(Key key, String algorithm, byte[] data) {
    var request = new ByteArrayBuffer();
    request.putByte(SIGN_REQUEST);
    request.putBytes(key.wire());
    request.putBytes(data);
    request.putInt(flags(algorithm));
    var answer = exchange(request, SIGN_RESPONSE);
    try {
      var signature = new ByteArrayBuffer(answer.getBytes());
      var _ = signature.getString();
      return signature.getBytes();
    } catch (RuntimeException e) {
      throw broken(e);
    }
  }

  private static int flags(String algorithm) {
    if (algorithm.startsWith("rsa-sha2-512")) {
      return RSA_SHA2_512;
    }
    return algorithm.startsWith("rsa-sha2-256") ? RSA_SHA2_256 : 0;
  }

  private Buffer exchange(Buffer request, byte expected) {
    try (NetStream stream = net.connect(socket)) {
      stream.readTimeout(PATIENCE);
      var message = new ByteArrayBuffer();
      message.putBytes(request.getCompactData());
      stream.output().write(message.getCompactData());
      stream.output().flush();
      var input = new DataInputStream(stream.input());
      int length = input.readInt();
      if (length < 1 || length > LARGEST_ANSWER) {
        throw broken(new IOException("It announced " + length + " bytes."));
      }
      var answer = new ByteArrayBuffer(input.readNBytes(length));
      if (answer.available() != length || answer.getByte() != expected) {
        throw broken(new IOException("It refused, or broke off."));
      }
      return answer;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private HearthException broken(Exception cause) {
    return new HearthException(SshError.AGENT_BROKEN, socket)
        .with("reason", String.valueOf(cause.getMessage()))
        .causedBy(cause);
  }
}
