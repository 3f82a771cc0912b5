package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.effect.NetStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Several streams over one connection, in the part of SPDY/3.1 that Kubernetes speaks: it opens
 * streams with headers, carries data, and ends each direction of a stream by itself, which is what
 * WebSocket cannot do before Kubernetes 1.30. There is no flow control but that of the connection.
 *
 * <p>What servers say in headers is not needed, so it is never decompressed.
 */
final class SpdyStreams implements AutoCloseable {
  private static final int VERSION = 0x8003;
  private static final int SYN_STREAM = 1;
  private static final int RST_STREAM = 3;
  private static final int PING = 6;
  private static final int GO_AWAY = 7;
  private static final int FIN = 1;
  private static final int CHUNK = 32 * 1024;

  /** More than any server sends at once; what is longer is none of theirs. */
  private static final int LARGEST = 1 << 22;

  private final NetStream connection;
  private final DataInputStream input;
  private final DataOutputStream output;
  private final Deflater deflater = new Deflater();
  private final ReentrantLock writing = new ReentrantLock();
  private int next = 1; // guarded by writing: ours are odd

  /** What came on a stream. */
  static final class Frame {
    private final int stream;
    private final byte[] bytes;
    private final boolean isLast;

    private Frame(int stream, byte[] bytes, boolean isLast) {
      this.stream = stream;
      this.bytes = bytes;
      this.isLast = isLast;
    }

    /** The stream's number. */
    int stream() {
      return stream;
    }

    /** The bytes themselves, no copy: they are the receiver's. There may be none. */
    byte[] bytes() {
      return bytes;
    }

    /** Whether nothing more comes on the stream. */
    boolean isLast() {
      return isLast;
    }
  }

  SpdyStreams(NetStream connection) {
    this.connection = connection;
    this.input = new DataInputStream(connection.input());
    this.output = new DataOutputStream(connection.output());
  }

  /** Opens a stream and tells its number; the other side need not have agreed yet. */
  int open(Map<String, String> headers) throws IOException {
    writing.lock();
    try {
      int stream = next;
      next += 2;
      var body = new ByteArrayOutputStream();
      var data = new DataOutputStream(body);
      data.writeInt(stream);
      data.writeInt(0); // belongs to no other
      data.writeShort(0);
      data.write(compressed(headers));
      control(SYN_STREAM, body.toByteArray());
      return stream;
    } finally {
      writing.unlock();
    }
  }

  private byte[] compressed(Map<String, String> headers) throws IOException {
    var plain = new ByteArrayOutputStream();
    var data = new DataOutputStream(plain);
    data.writeInt(headers.size());
    for (var header : headers.entrySet()) {
      // In SPDY names are in small letters; servers give them back their own.
      text(data, header.getKey().toLowerCase(java.util.Locale.ROOT));
      text(data, header.getValue());
    }
    deflater.setInput(plain.toByteArray());
    var packed = new ByteArrayOutputStream();
    var chunk = new byte[512];
    int count;
    do {
      count = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
      packed.write(chunk, 0, count);
    } while (count == chunk.length);
    return packed.toByteArray();
  }

  private static void text(DataOutputStream data, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    data.writeInt(bytes.length);
    data.write(bytes);
  }

  /** Writes a whole control frame, with the lock held. */
  private void control(int type, byte[] body) throws IOException {
    var frame = new ByteArrayOutputStream();
    var data = new DataOutputStream(frame);
    data.writeShort(VERSION);
    data.writeShort(type);
    data.writeInt(body.length); // its flags are none
    data.write(body);
    output.write(frame.toByteArray());
    output.flush();
  }

  void write(int stream, byte[] bytes, int offset, int length) throws IOException {
    for (int at = 0; at < length; at += CHUNK) {
      data(stream, bytes, offset + at, Math.min(CHUNK, length - at), 0);
    }
  }

  void end(int stream) throws IOException {
    data(stream, new byte[0], 0, 0, FIN);
  }

  private void data(int stream, byte[] bytes, int offset, int length, int flags)
      throws IOException {
    writing.lock();
    try {
      var frame = new ByteArrayOutputStream(8 + length);
      var data = new DataOutputStream(frame);
      data.writeInt(stream);
      data.writeInt(flags << 24 | length);
      data.write(bytes, offset, length);
      output.write(frame.toByteArray());
      output.flush();
    } finally {
      writing.unlock();
    }
  }

  /** Waits for data or for the end of a stream; null when the other side has left. */
  @Nullable Frame read() throws IOException {
    while (true) {
      int head;
      try {
        head = input.readInt();
      } catch (EOFException e) {
        return null;
      }
      int lengthAndFlags = input.readInt();
      int length = lengthAndFlags & 0xffffff;
      boolean isLast = (lengthAndFlags >>> 24 & FIN) != 0;
      if (length > LARGEST) {
        throw new IOException("A frame of " + length + " bytes is no frame of SPDY.");
      }
      if (head >= 0) {
        return new Frame(head, exactly(length), isLast);
      }
      var frame = control(head, exactly(length), isLast);
      if (frame != null) {
        return frame;
      }
      if ((head & 0xffff) == GO_AWAY) {
        return null;
      }
    }
  }

  private byte[] exactly(int length) throws IOException {
    var bytes = new byte[length];
    input.readFully(bytes);
    return bytes;
  }

  /** What a control frame means for who reads; null for nothing. */
  private @Nullable Frame control(int head, byte[] body, boolean isLast) throws IOException {
    if (head >>> 16 != VERSION) {
      throw new IOException("The other side speaks another version of SPDY.");
    }
    int type = head & 0xffff;
    if (type == PING) {
      answerPing(body);
      return null;
    }
    boolean ends = type == RST_STREAM || (isLast && type != SYN_STREAM);
    return ends && body.length >= 4 ? new Frame(number(body), new byte[0], true) : null;
  }

  private static int number(byte[] body) {
    return java.nio.ByteBuffer.wrap(body).getInt() & 0x7fffffff;
  }

  private void answerPing(byte[] body) throws IOException {
    if (body.length == 4 && (number(body) & 1) == 0) { // an odd one is the answer to ours
      writing.lock();
      try {
        control(PING, body);
      } finally {
        writing.unlock();
      }
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (IOException e) {
      // Nobody waits for what was still to be said.
    } finally {
      writing.lock();
      try {
        deflater.end();
      } finally {
        writing.unlock();
      }
    }
  }
}
