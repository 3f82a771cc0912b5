package dev.hearth.stdlib.ssh;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A real ssh-agent. */
final class SshAgent implements AutoCloseable {
  private final Path socket;
  private final Process process;

  SshAgent(Path socket) {
    this.socket = socket;
    try {
      this.process = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
      var said = new BufferedReader(process.inputReader());
      if (said.readLine() == null) { // it names its socket once that is there
        throw new IllegalStateException("ssh-agent does not start.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path socket() {
    return socket;
  }

  void add(Path key) {
    Sshd.run("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", key.toString());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      var _ = process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
