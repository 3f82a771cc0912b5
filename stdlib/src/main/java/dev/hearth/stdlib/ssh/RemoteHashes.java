package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ssh.RemoteFiles;
import dev.hearth.runtime.effect.ssh.SshError;
import dev.hearth.runtime.effect.ssh.SshProcess;
import dev.hearth.runtime.permission.VisibleText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of files on a host. One program there answers for all of them: {@code sha256sum},
 * {@code shasum}, {@code openssl} or {@code sha256}, whichever there is. Where there is none, and
 * for a name with a line break in it, the file is read back and its hash computed here.
 */
final class RemoteHashes implements AutoCloseable {
  private static final String SCRIPT =
      """
      has() { command -v "$1" >/dev/null 2>&1; }
      if has sha256sum; then h() { sha256sum; }
      elif has shasum; then h() { shasum -a 256; }
      elif has openssl; then h() { openssl dgst -sha256 -r; }
      elif has sha256; then h() { sha256 -q; }
      else echo none; exit 0; fi
      echo ready
      while IFS= read -r f; do h <"$f" || echo failed; done
      """;

  private final Host host;
  private final Sessions.Shared.Place place;
  private final @Nullable SshProcess running;
  private final @Nullable BufferedReader answers;

  RemoteHashes(Host host) {
    this.host = host;
    place = host.place();
    SshProcess process = null;
    try {
      process = new Commands(host).begin(RemoteCommand.of(SCRIPT));
      var reader =
          new BufferedReader(new InputStreamReader(process.output(), StandardCharsets.UTF_8));
      boolean ready = "ready".equals(reader.readLine());
      running = process;
      answers = ready ? reader : null;
    } catch (IOException | RuntimeException e) {
      if (process != null) {
        process.close();
      }
      place.close();
      throw e instanceof RuntimeException known ? known : lost((IOException) e);
    }
  }

  /**
   * Fails unless a file there has this hash.
   *
   * @param path what it is called in messages
   * @param file where it is
   */
  void require(String path, String file, String expected) {
    var there = of(file);
    if (!there.equals(expected)) {
      throw new HearthException(
          TransferError.CHECKSUM_WRONG,
          VisibleText.of(path),
          host.target().name(),
          VisibleText.of(there),
          expected);
    }
  }

  private synchronized String of(String file) {
    var process = running;
    var reader = answers;
    if (process == null || reader == null || file.indexOf('\n') >= 0) {
      return readBack(file);
    }
    try {
      process.input().write((path(file) + "\n").getBytes(StandardCharsets.UTF_8));
      process.input().flush();
      var answer = reader.readLine();
      if (answer == null) {
        throw new IOException("no answer about " + file);
      }
      return answer.split(" ", 2)[0];
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** As SFTP understands it. */
  private static String path(String file) {
    return file.startsWith("~/") ? file.substring(2) : file;
  }

  private String readBack(String file) {
    RemoteFiles files = host.files();
    try (var input = files.open(file)) {
      var digest = Copying.sha256();
      var chunk = new byte[64 * 1024];
      for (int count = input.read(chunk); count >= 0; count = input.read(chunk)) {
        digest.update(chunk, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw files.failure(file, e);
    }
  }

  private HearthException lost(IOException e) {
    if (Thread.currentThread().isInterrupted()) {
      return new HearthException(SshError.INTERRUPTED, host.target().name()).causedBy(e);
    }
    return new HearthException(SshError.LOST, host.target().name(), "it broke off").causedBy(e);
  }

  @Override
  public void close() {
    if (running != null) {
      running.close();
    }
    place.close();
  }
}
