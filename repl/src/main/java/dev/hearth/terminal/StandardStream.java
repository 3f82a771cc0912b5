package dev.hearth.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A standard stream of this process that remembers what a {@link PrintStream} forgets. */
public final class StandardStream extends PrintStream {
  private final Sink sink;

  /** What stands behind the stream. */
  enum Kind {
    /** Somebody reads it, and may stop to: {@code hearth runs list | head -n 1} is no failure. */
    PIPE,
    /** A file, a device or a terminal, which takes all or has failed. */
    FILE
  }

  StandardStream(OutputStream out, Kind kind) {
    this(new Sink(out, kind));
  }

  private StandardStream(Sink sink) {
    super(sink, true, StandardCharsets.UTF_8);
    this.sink = sink;
  }

  /** Why something is missing from what was written, if something is that anybody waits for. */
  public Optional<IOException> failure() {
    flush();
    return Optional.ofNullable(sink.failure);
  }

  private static final class Sink extends FilterOutputStream {
    private final Kind kind;
    private volatile @Nullable IOException failure;

    Sink(OutputStream out, Kind kind) {
      super(out);
      this.kind = kind;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        failure = kind == Kind.PIPE ? null : e;
        throw e;
      }
    }
  }
}
