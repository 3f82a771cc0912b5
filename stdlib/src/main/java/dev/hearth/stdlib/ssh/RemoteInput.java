package dev.hearth.stdlib.ssh;

import java.io.IOException;
import java.io.OutputStream;

/** What a command reads. */
@FunctionalInterface
interface RemoteInput {
  /** Nothing. */
  RemoteInput NONE = input -> {};

  /** Writes all of it; whoever calls closes the stream. */
  void writeTo(OutputStream input) throws IOException;

  static RemoteInput of(byte[] bytes) {
    return input -> input.write(bytes);
  }
}
