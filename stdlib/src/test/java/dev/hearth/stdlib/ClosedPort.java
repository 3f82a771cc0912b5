package dev.hearth.stdlib;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

/** A port of this machine on which nobody listens any more. */
public final class ClosedPort {
  private static final long PATIENCE = Duration.ofSeconds(10).toNanos();

  private ClosedPort() {}

  /**
   * Whether connections are refused. A child of this JVM that is just being started has its open
   * sockets for a moment, also those which the JVM has closed by now.
   */
  public static boolean refuses(int port) throws IOException {
    long deadline = System.nanoTime() + PATIENCE;
    while (System.nanoTime() < deadline) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
      } catch (ConnectException e) {
        return true;
      }
    }
    return false;
  }
}
