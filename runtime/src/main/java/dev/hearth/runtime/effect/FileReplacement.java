package dev.hearth.runtime.effect;

import java.io.OutputStream;

/** New content of a file, on its way: nobody sees it before {@link #commit}. */
public interface FileReplacement extends AutoCloseable {
  /** Where the content goes. */
  OutputStream output();

  /** Brings the content to the disk and puts it in the place of the old, at once. */
  void commit();

  /** Forgets the content unless it was committed. */
  @Override
  void close();
}
