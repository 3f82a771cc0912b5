package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.HearthException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bytes of a message: in memory, or a stream that can be read once. */
public final class HttpBody implements AutoCloseable {
  /** How much {@link #bytes()} and {@link #text()} take before they refuse: 64 MiB. */
  public static final long DEFAULT_LIMIT_BYTES = 64L * 1024 * 1024;

  private static final HttpBody EMPTY = of(new byte[0]);

  private final byte @Nullable [] bytes;
  private final InputStream stream;
  private final long length;
  private final String owner;

  private HttpBody(byte @Nullable [] bytes, InputStream stream, long length, String owner) {
    this.bytes = bytes;
    this.stream = stream;
    this.length = length;
    this.owner = owner;
  }

  public static HttpBody empty() {
    return EMPTY;
  }

  /** A body in memory; the array must not be changed afterwards. */
  public static HttpBody of(byte[] bytes) {
    return new HttpBody(bytes, InputStream.nullInputStream(), bytes.length, "a message");
  }

  /** A text as UTF-8. */
  public static HttpBody of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A body that is read from a stream while it is sent.
   *
   * @param length in bytes; -1 when nobody knows
   */
  public static HttpBody of(InputStream stream, long length) {
    return of(stream, length, "a message");
  }

  /**
   * A body that is read from a stream, and whose it is, for messages.
   *
   * @param owner such as {@code the answer of GET https://pve.lan:8006/}
   */
  static HttpBody of(InputStream stream, long length, String owner) {
    return new HttpBody(null, stream, length, owner);
  }

  /** Its size in bytes; -1 when nobody knows before the end. */
  public long length() {
    return length;
  }

  /** Whether it can be sent again. */
  public boolean isReplayable() {
    return bytes != null;
  }

  /** The bytes as a stream; the same one each time unless the body is in memory. */
  public InputStream stream() {
    return bytes == null ? stream : new ByteArrayInputStream(bytes);
  }

  /** All bytes, up to {@link #DEFAULT_LIMIT_BYTES}. */
  public byte[] bytes() {
    return bytes(DEFAULT_LIMIT_BYTES);
  }

  /**
   * All bytes; fails with {@link HttpError#BODY_TOO_LARGE} beyond {@code limitBytes} and with
   * {@link HttpError#BODY_BROKE_OFF} when the other side stops half-way.
   */
  public byte[] bytes(long limitBytes) {
    if (length > limitBytes) {
      throw tooLarge(limitBytes);
    }
    if (bytes != null) {
      return bytes;
    }
    try {
      var read = stream.readNBytes((int) Math.min(limitBytes + 1, Integer.MAX_VALUE - 8));
      if (read.length > limitBytes) {
        throw tooLarge(limitBytes);
      }
      return read;
    } catch (IOException e) {
      throw Failures.ofBody(owner, e);
    }
  }

  /** All bytes as UTF-8, up to {@link #DEFAULT_LIMIT_BYTES}. */
  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** Copies all bytes; each time the source pauses, what came so far is flushed. */
  public void writeTo(OutputStream target) throws IOException {
    var source = stream();
    var chunk = new byte[64 * 1024];
    int count = source.read(chunk);
    while (count >= 0) {
      target.write(chunk, 0, count);
      if (source.available() == 0) {
        target.flush();
      }
      count = source.read(chunk);
    }
  }

  /** Copies all bytes; fails as {@link #bytes(long)} does when the other side stops half-way. */
  public void copyTo(OutputStream target) {
    try {
      stream().transferTo(target);
      target.flush();
    } catch (IOException e) {
      throw Failures.ofBody(owner, e);
    }
  }

  /** The begin of it as UTF-8, for messages. */
  public String excerpt(int limitBytes) {
    try {
      return new String(stream().readNBytes(limitBytes), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Failures.ofBody(owner, e);
    }
  }

  private HearthException tooLarge(long limitBytes) {
    return new HearthException(HttpError.BODY_TOO_LARGE, owner, limitBytes);
  }

  /** Gives back what the body holds, read or not. */
  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw Failures.ofBody(owner, e);
    }
  }
}
