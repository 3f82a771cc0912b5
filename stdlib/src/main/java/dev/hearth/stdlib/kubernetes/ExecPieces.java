package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.spi.OpStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** All that a command writes, as it comes, and last how it ended. */
final class ExecPieces implements OpStream<ExecPieces.Said> {
  private final Execution execution;
  private final Runnable after;
  private final Text output = new Text();
  private final Text errors = new Text();
  private boolean ended;

  /**
   * A piece of text, which may end anywhere but within a character.
   *
   * @param stream {@code stdout} or {@code stderr}; absent at the end
   * @param exitCode at the end
   */
  record Said(@Nullable String stream, @Nullable String text, @Nullable Integer exitCode) {}

  /** Puts the bytes of characters together. */
  private static final class Text {
    private final CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] rest = new byte[0];

    private String add(byte[] bytes) {
      var all = ByteBuffer.allocate(rest.length + bytes.length).put(rest).put(bytes).flip();
      var text = CharBuffer.allocate(all.remaining() + 1);
      decoder.decode(all, text, false);
      rest = new byte[all.remaining()];
      all.get(rest);
      return text.flip().toString();
    }
  }

  /**
   * A command that runs.
   *
   * @param after is run when it is over
   */
  ExecPieces(Execution execution, Runnable after) {
    this.execution = execution;
    this.after = after;
  }

  @Override
  public @Nullable Said next() {
    if (ended) {
      return null;
    }
    for (var piece = execution.next(); piece != null; piece = execution.next()) {
      boolean isError = piece.channel() == Channels.STDERR;
      var text = (isError ? errors : output).add(piece.bytes());
      if (!text.isEmpty()) {
        return new Said(isError ? "stderr" : "stdout", text, null);
      }
    }
    ended = true;
    return new Said(null, null, execution.exitCode());
  }

  @Override
  public void close() {
    after.run();
    execution.close();
  }
}
