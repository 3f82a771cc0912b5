package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ssh.SshProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The talk with sudo before a command begins. The password goes through the command's input, when
 * sudo asks for it and not before: were it sent unasked, the command itself would read it.
 *
 * <p>Two marks on the standard error tell how far it is: sudo's prompt, and what the command's
 * shell says first.
 */
final class Sudo {
  private static final String ASKS = "hearth-sudo-asks\u0001";
  private static final String BEGINS = "hearth-sudo-begins\u0001";
  private static final int MOST_WORDS = 64 * 1024;

  private final Host host;
  private final SshProcess running;

  Sudo(Host host, SshProcess running) {
    this.host = host;
    this.running = running;
  }

  /** What the login shell is given in place of the command. */
  static String line(RemoteCommand command) {
    var inner = "printf '%s' " + RemoteScript.quoted(BEGINS) + " >&2; " + command.line();
    return "exec sudo -S -p "
        + RemoteScript.quoted(ASKS)
        + " -- sh -c "
        + RemoteScript.quoted(inner);
  }

  /**
   * Talks until the command begins.
   *
   * @throws HearthException {@code ssh.sudo-…}
   */
  void enter() {
    var heard = new ByteArrayOutputStream();
    boolean answered = false;
    try {
      while (heard.size() < MOST_WORDS) {
        int next = running.errors().read();
        if (next < 0) {
          break;
        }
        heard.write(next);
        if (endsWith(heard, BEGINS)) {
          return;
        }
        if (endsWith(heard, ASKS)) {
          answer(answered);
          answered = true;
        }
      }
    } catch (IOException e) {
      throw refused(heard).causedBy(e);
    }
    throw refused(heard);
  }

  private void answer(boolean again) throws IOException {
    var name = host.target().name();
    var user = host.target().user();
    if (again) {
      throw new HearthException(SshRunError.SUDO_PASSWORD, name, user);
    }
    var password =
        host.secret("sudoPassword")
            .or(() -> host.secret("password"))
            .orElseThrow(() -> new HearthException(SshRunError.SUDO_PASSWORD_MISSING, name, user));
    running.input().write((password.reveal() + "\n").getBytes(StandardCharsets.UTF_8));
    running.input().flush();
  }

  private static boolean endsWith(ByteArrayOutputStream heard, String mark) {
    return heard.toString(StandardCharsets.UTF_8).endsWith(mark);
  }

  private HearthException refused(ByteArrayOutputStream heard) {
    var said = heard.toString(StandardCharsets.UTF_8).replace(ASKS, "").strip();
    return new HearthException(SshRunError.SUDO_REFUSED, host.target().name(), host.target().user())
        .with("stderr", said);
  }
}
