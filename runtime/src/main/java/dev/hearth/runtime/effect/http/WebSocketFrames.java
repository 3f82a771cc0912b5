package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.effect.NetStream;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The frames of RFC 6455 on a stream. OkHttp's WebSocket is not used: it reads messages of any size
 * into memory, and queues what is sent instead of making the sender wait.
 */
final class WebSocketFrames {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int MASKED = 0x80;
  private static final int CONTROL_LIMIT = 125;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final DataInputStream input;
  private final OutputStream output;
  private final Role role;
  private final ReentrantLock writing = new ReentrantLock();

  /** Which end this is: a client masks what it sends, and a server demands it. */
  enum Role {
    CLIENT,
    SERVER
  }

  /** One frame; its payload is unmasked. */
  static final class Frame {
    private final boolean last;
    private final int opcode;
    private final byte[] payload;

    private Frame(boolean last, int opcode, byte[] payload) {
      this.last = last;
      this.opcode = opcode;
      this.payload = payload;
    }

    boolean isLast() {
      return last;
    }

    int opcode() {
      return opcode;
    }

    byte[] payload() {
      return payload;
    }

    boolean isControl() {
      return opcode >= CLOSE;
    }
  }

  /** The peer did what the protocol forbids; the number is what the closing frame says. */
  static final class Violation extends IOException {
    private static final long serialVersionUID = 1L;
    final int closeCode;
    final String what;

    Violation(int closeCode, String what) {
      super(what);
      this.closeCode = closeCode;
      this.what = what;
    }
  }

  WebSocketFrames(NetStream stream, Role role) {
    this.input = new DataInputStream(new BufferedInputStream(stream.input(), 16 * 1024));
    this.output = stream.output();
    this.role = role;
  }

  /**
   * The next frame.
   *
   * @param room the most bytes that its payload may have, if it is no control frame
   */
  Frame read(long room) throws IOException {
    int first = input.readUnsignedByte();
    int second = input.readUnsignedByte();
    int opcode = first & 0x0f;
    boolean last = (first & FIN) != 0;
    if ((first & RESERVED) != 0 || (opcode > BINARY && opcode < CLOSE) || opcode > PONG) {
      throw new Violation(1002, "a frame of an unknown kind");
    }
    if (((second & MASKED) != 0) != (role == Role.SERVER)) {
      throw new Violation(1002, "a frame is masked by the wrong side");
    }
    long length = length(second & 0x7f);
    if (opcode >= CLOSE && (length > CONTROL_LIMIT || !last)) {
      throw new Violation(1002, "a control frame is too long or in parts");
    }
    if (opcode < CLOSE && length > room) {
      throw new Violation(1009, "a message is too large");
    }
    var mask = new byte[4];
    if (role == Role.SERVER) {
      input.readFully(mask);
    }
    var payload = input.readNBytes((int) length);
    if (payload.length < length) {
      throw new EOFException("The stream ended within a frame.");
    }
    applyMask(payload, mask);
    return new Frame(last, opcode, payload);
  }

  private long length(int said) throws IOException {
    return switch (said) {
      case LENGTH_16 -> input.readUnsignedShort();
      case LENGTH_64 -> nonNegative(input.readLong());
      default -> said;
    };
  }

  private static long nonNegative(long length) throws Violation {
    if (length < 0) {
      throw new Violation(1002, "a frame has a negative length");
    }
    return length;
  }

  /** Sends one whole message or control frame; waits for its turn and for the peer. */
  void write(int opcode, byte[] payload) throws IOException {
    writing.lock();
    try {
      var frame = ByteBuffer.allocate(14 + payload.length);
      frame.put((byte) (FIN | opcode));
      int masked = role == Role.CLIENT ? MASKED : 0;
      if (payload.length <= CONTROL_LIMIT) {
        frame.put((byte) (masked | payload.length));
      } else if (payload.length <= 0xffff) {
        frame.put((byte) (masked | LENGTH_16)).putShort((short) payload.length);
      } else {
        frame.put((byte) (masked | LENGTH_64)).putLong(payload.length);
      }
      var mask = new byte[4];
      if (role == Role.CLIENT) {
        RANDOM.nextBytes(mask);
        frame.put(mask);
      }
      var hidden = payload.clone();
      applyMask(hidden, mask);
      frame.put(hidden);
      output.write(frame.array(), 0, frame.position());
      output.flush();
    } finally {
      writing.unlock();
    }
  }

  private static void applyMask(byte[] payload, byte[] mask) {
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % mask.length];
    }
  }
}
