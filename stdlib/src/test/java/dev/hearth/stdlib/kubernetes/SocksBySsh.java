package dev.hearth.stdlib.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.stdlib.ssh.Sshd;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;

/** The SOCKS proxy that most people have: OpenSSH's {@code ssh -D}, to a server on this machine. */
final class SocksBySsh implements AutoCloseable {
  private final Sshd server;
  private final int port;
  private final Process process;

  SocksBySsh(Path folder) throws IOException {
    server = Sshd.start(folder);
    port = Sshd.freePort();
    process =
        new ProcessBuilder(
                "ssh",
                "-vNF",
                "none",
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "ExitOnForwardFailure=yes",
                "-i",
                server.key().toString(),
                "-p",
                Integer.toString(server.port()),
                "-D",
                address(),
                Sshd.USER + "@127.0.0.1")
            .redirectErrorStream(true)
            .start();
    awaitListening();
  }

  private void awaitListening() throws IOException {
    var said = new StringBuilder();
    var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      said.append(line).append('\n');
      if (line.contains("Local forwarding listening on 127.0.0.1")) {
        Thread.ofVirtual().start(() -> drain(reader));
        return;
      }
    }
    throw new IllegalStateException("ssh does not listen: " + said);
  }

  private static void drain(BufferedReader reader) {
    try {
      while (reader.readLine() != null) {
        // It would stop where nobody reads what it says.
      }
    } catch (IOException closedWithTheProcess) {
      return;
    }
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      server.close();
    }
  }
}
