package dev.hearth.stdlib.ansible;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;

/**
 * The real {@code git daemon} on a port of loopback, one for each connection, as inetd starts it.
 */
final class GitDaemon implements AutoCloseable {
  private final Path base;
  private final ServerSocket server;

  GitDaemon(Path base) throws IOException {
    this.base = base;
    server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      var process =
          new ProcessBuilder("git", "daemon", "--inetd", "--export-all", "--base-path=" + base)
              .directory(base.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var input = client.getInputStream();
      var asked = Thread.ofVirtual().start(() -> copy(input, process.getOutputStream()));
      process.getInputStream().transferTo(client.getOutputStream());
      client.shutdownOutput();
      process.waitFor();
      asked.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(InputStream from, OutputStream to) {
    try (to) {
      var chunk = new byte[1 << 12];
      for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
        to.write(chunk, 0, n);
        to.flush();
      }
    } catch (IOException ended) {
      // The daemon or the client has heard enough.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
