package dev.hearth.standby;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Messages between a caller and a standby process: a letter that says what it is, four bytes of
 * length, and that many bytes. Both are of one build, so there are no versions; what does not parse
 * ends the conversation.
 */
final class Wire implements Closeable {
  /** No message is longer; the arguments and the environment of a process are below 6 MiB. */
  private static final int MOST = 8 * 1024 * 1024;

  /** What a message is. Those of the caller come first. */
  enum Kind {
    /** Run this: a {@link Call}. */
    CALL('c'),
    /** How the standby process is; answered with {@link #STATE}. */
    ASK('a'),
    /** End, when nothing runs. */
    END('e'),
    /** A write was done, or why it failed, as text. */
    WRITTEN('w'),
    /** What was read; nothing at the end of the input. */
    INPUT('i'),
    /** A line that was typed and not shown; nothing at the end of the input. */
    HIDDEN('h'),
    /** The width of the terminal, in digits; 0 when it has none. */
    COLUMNS('n'),
    /** The user wants it stopped. */
    SIGNAL('s'),

    /** Not here, for this reason: nothing has happened, do it yourself. */
    COLD('C'),
    STATE('S'),
    OUT('O'),
    ERR('E'),
    /** Read so many bytes at most, in digits. */
    READ('R'),
    READ_HIDDEN('H'),
    ASK_COLUMNS('N'),
    /** It is done; the exit status, in digits. */
    EXIT('X');

    private final char sign;

    Kind(char sign) {
      this.sign = sign;
    }

    private static @Nullable Kind of(int sign) {
      for (var kind : ALL) {
        if (kind.sign == sign) {
          return kind;
        }
      }
      return null;
    }

    private static final Kind[] ALL = values();
  }

  /** One message; its bytes are nobody else's. */
  static final class Message {
    private final Kind kind;
    private final byte[] bytes;

    Message(Kind kind, byte[] bytes) {
      this.kind = kind;
      this.bytes = bytes;
    }

    Kind kind() {
      return kind;
    }

    byte[] bytes() {
      return bytes;
    }

    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    int number() throws IOException {
      try {
        return Integer.parseInt(text());
      } catch (NumberFormatException e) {
        throw new IOException("A message should have held a number.", e);
      }
    }
  }

  private final SocketChannel channel;
  private final DataInputStream in;
  private final DataOutputStream out;

  Wire(SocketChannel channel) {
    this.channel = channel;
    this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
    this.out = new DataOutputStream(Channels.newOutputStream(channel));
  }

  void send(Kind kind, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    send(kind, bytes, 0, bytes.length);
  }

  void send(Kind kind, byte[] bytes, int from, int length) throws IOException {
    var message = new byte[5 + length];
    message[0] = (byte) kind.sign;
    message[1] = (byte) (length >>> 24);
    message[2] = (byte) (length >>> 16);
    message[3] = (byte) (length >>> 8);
    message[4] = (byte) length;
    System.arraycopy(bytes, from, message, 5, length);
    synchronized (out) { // whole messages only, from whatever thread
      out.write(message);
      out.flush();
    }
  }

  /** Blocks for the next message; {@code null} when the other side is gone. One thread. */
  @Nullable Message receive() throws IOException {
    var sign = in.read();
    if (sign < 0) {
      return null;
    }
    var kind = Kind.of(sign);
    var length = in.readInt();
    if (kind == null || length < 0 || length > MOST) {
      throw new IOException("What came is no message.");
    }
    var bytes = new byte[length];
    try {
      in.readFully(bytes);
    } catch (EOFException e) {
      return null;
    }
    return new Message(kind, bytes);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
