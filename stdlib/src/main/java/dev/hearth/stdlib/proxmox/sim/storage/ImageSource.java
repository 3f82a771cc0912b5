package dev.hearth.stdlib.proxmox.sim.storage;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** How a node reaches the web, to download images and to ask about them. */
public interface ImageSource extends AutoCloseable {
  /** Fetches a URL, following redirects. Fails when nobody answers. */
  Answer get(String url, boolean verifyCertificates) throws IOException;

  /** Asks about a URL, following redirects; the body is empty. */
  Answer head(String url, boolean verifyCertificates) throws IOException;

  /** Lets go of the connections that are kept for later. */
  @Override
  default void close() {}

  /**
   * What a web server answered.
   *
   * @param reason the words after the status; may be empty
   * @param type the Content-Type, if it said one
   * @param disposition the Content-Disposition, if it said one
   * @param length in bytes; -1 when it did not say
   * @param body to be read once, and closed
   */
  record Answer(
      int status,
      String reason,
      @Nullable String type,
      @Nullable String disposition,
      long length,
      InputStream body)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /** A node without any way out. */
  static ImageSource none() {
    return new ImageSource() {
      @Override
      public Answer get(String url, boolean verifyCertificates) throws IOException {
        throw new IOException("Network is unreachable");
      }

      @Override
      public Answer head(String url, boolean verifyCertificates) throws IOException {
        throw new IOException("Network is unreachable");
      }
    };
  }
}
