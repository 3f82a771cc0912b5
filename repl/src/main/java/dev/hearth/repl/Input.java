package dev.hearth.repl;

import java.io.IOException;

/** Where inputs come from: a person or a pipe. */
interface Input extends AutoCloseable {

  /** What came. */
  sealed interface Read {
    /** Whole statements, or a command that begins with a dot. */
    record Typed(String text) implements Read {}

    /** What had been typed was thrown away. */
    record Cancelled() implements Read {}

    /** Nothing more will come. */
    record End() implements Read {}
  }

  Read next() throws IOException;

  @Override
  void close() throws IOException;
}
