package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.http.WebSocketFrames.Frame;
import dev.hearth.runtime.effect.http.WebSocketFrames.Role;
import dev.hearth.runtime.effect.http.WebSocketFrames.Violation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Messages both ways over one connection. Everything blocks: {@link #receive} until there is a
 * message, {@link #send} until the peer takes it, so a slow side slows the other. One thread may
 * receive while others send. Pings are answered while somebody receives.
 */
public final class WebSocket implements AutoCloseable {
  /** The largest message that is taken when nobody says otherwise: 16 MiB. */
  public static final long DEFAULT_LIMIT_BYTES = 16L * 1024 * 1024;

  private static final Duration FAREWELL = Duration.ofSeconds(1);
  private static final int NORMAL = 1000;
  private static final int NO_CODE = 1005;

  private final NetStream stream;
  private final WebSocketFrames frames;
  private final String protocol;
  private final long limitBytes;
  private final ReentrantLock reading = new ReentrantLock();
  private final AtomicBoolean saidGoodbye = new AtomicBoolean();
  private volatile boolean lost;
  private @Nullable Closed closed; // guarded by reading

  /** What comes in. */
  public sealed interface Message {}

  /** A text. */
  public record Text(String text) implements Message {}

  /** Bytes. */
  public static final class Binary implements Message {
    private final byte[] bytes;

    private Binary(byte[] bytes) {
      this.bytes = bytes;
    }

    /** The bytes themselves, no copy: they are the receiver's. */
    public byte[] bytes() {
      return bytes;
    }
  }

  /**
   * The peer is done; it is also the answer to every later {@link #receive}.
   *
   * @param code 1000 for a normal end, 1005 when the peer gave none
   */
  public record Closed(int code, String reason) implements Message {}

  WebSocket(NetStream stream, Role role, String protocol, long limitBytes) {
    this.stream = stream;
    this.frames = new WebSocketFrames(stream, role);
    this.protocol = protocol;
    this.limitBytes = limitBytes;
  }

  /** The subprotocol that both agreed on, such as {@code v5.channel.k8s.io}; empty for none. */
  public String protocol() {
    return protocol;
  }

  public void send(String text) {
    write(WebSocketFrames.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  public void send(byte[] bytes) {
    write(WebSocketFrames.BINARY, bytes);
  }

  /** Asks the peer whether it is there; the answer is dropped, a dead connection fails. */
  public void ping() {
    write(WebSocketFrames.PING, new byte[0]);
  }

  private void write(int opcode, byte[] payload) {
    try {
      frames.write(opcode, payload);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /**
   * Waits for the next message. Fails with {@link HttpError#CONNECTION_LOST} when the connection
   * ends without a goodbye, and with {@link HttpError#MESSAGE_TOO_LARGE} beyond the limit.
   */
  public Message receive() {
    reading.lock();
    try {
      return closed == null ? read() : closed;
    } catch (Violation e) {
      abandon(e);
      throw e.closeCode == 1009
          ? new HearthException(HttpError.MESSAGE_TOO_LARGE, stream.peer(), limitBytes).causedBy(e)
          : new HearthException(HttpError.WEBSOCKET_BROKEN, stream.peer(), e.what).causedBy(e);
    } catch (IOException e) {
      throw lost(e);
    } finally {
      reading.unlock();
    }
  }

  private Message read() throws IOException {
    var whole = new ByteArrayOutputStream();
    int kind = WebSocketFrames.CONTINUATION;
    while (true) {
      var frame = frames.read(limitBytes - whole.size());
      if (frame.isControl()) {
        control(frame);
        if (closed != null) {
          return closed;
        }
        continue;
      }
      boolean first = kind == WebSocketFrames.CONTINUATION;
      if (first == (frame.opcode() == WebSocketFrames.CONTINUATION)) {
        throw new Violation(1002, "the parts of messages are mixed up");
      }
      kind = first ? frame.opcode() : kind;
      whole.write(frame.payload());
      if (frame.isLast()) {
        return kind == WebSocketFrames.TEXT
            ? new Text(utf8(whole.toByteArray()))
            : new Binary(whole.toByteArray());
      }
    }
  }

  private void control(Frame frame) throws IOException {
    if (frame.opcode() == WebSocketFrames.PING) {
      frames.write(WebSocketFrames.PONG, frame.payload());
    } else if (frame.opcode() == WebSocketFrames.CLOSE) {
      closed = closing(frame.payload());
      sayGoodbye(frame.payload());
    }
  }

  private static Closed closing(byte[] payload) throws IOException {
    if (payload.length == 1) {
      throw new Violation(1002, "half a closing code");
    }
    if (payload.length == 0) {
      return new Closed(NO_CODE, "");
    }
    var content = ByteBuffer.wrap(payload);
    int code = content.getShort() & 0xffff;
    var reason = new byte[content.remaining()];
    content.get(reason);
    return new Closed(code, utf8(reason));
  }

  private static String utf8(byte[] bytes) throws Violation {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Violation(1007, "a text is not UTF-8");
    }
  }

  private void sayGoodbye(byte[] payload) throws IOException {
    if (saidGoodbye.compareAndSet(false, true)) {
      frames.write(WebSocketFrames.CLOSE, payload);
    }
  }

  /** Tells the peer what it did, if it still listens, and ends. */
  private void abandon(Violation violation) {
    lost = true;
    try (stream) {
      sayGoodbye(closePayload(violation.closeCode, ""));
    } catch (IOException e) {
      violation.addSuppressed(e);
    }
  }

  private static byte[] closePayload(int code, String reason) {
    var words = reason.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 + words.length).putShort((short) code).put(words).array();
  }

  private HearthException lost(IOException e) {
    lost = true;
    var what = "the WebSocket to " + stream.peer();
    return Thread.currentThread().isInterrupted()
        ? new HearthException(HttpError.INTERRUPTED, "Speaking over " + what).causedBy(e)
        : Failures.because(new HearthException(HttpError.CONNECTION_LOST, what), e);
  }

  /** Ends normally. */
  @Override
  public void close() {
    close(NORMAL, "");
  }

  /**
   * Says goodbye, waits a moment for the peer's, and ends the connection.
   *
   * @param code 1000 for a normal end, 3000 to 4999 for meanings of one's own
   * @param reason for people; at most 123 bytes
   */
  public void close(int code, String reason) {
    try (stream) {
      if (lost) {
        return; // whoever spoke last has been told
      }
      stream.readTimeout(FAREWELL);
      sayGoodbye(closePayload(code, reason));
      awaitGoodbye();
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** A thread that receives gets the peer's goodbye, and is let go when none comes. */
  private void awaitGoodbye() throws IOException {
    try {
      if (!reading.tryLock(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        return; // it waits without a limit, which only the end of the stream ends
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody waits for a goodbye any more
      return;
    }
    try {
      while (closed == null) {
        read();
      }
    } catch (SocketTimeoutException | java.io.EOFException | java.net.SocketException e) {
      return; // the peer had its time, or has left without a word
    } finally {
      reading.unlock();
    }
  }
}
