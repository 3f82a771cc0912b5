package dev.hearth.stdlib.ssh;

import java.time.Duration;
import java.util.Optional;

/**
 * A command for a host.
 *
 * @param before what the shell does first; messages do not show it
 * @param script for the shell
 * @param shell reads it, whatever shell the user has there
 * @param timeout how long it may run
 * @param asRoot whether sudo runs it
 */
record RemoteCommand(
    String before, String script, String shell, Optional<Duration> timeout, boolean asRoot) {
  private static final int SHOWN = 60;

  /** One that a user of the host runs in {@code sh}. */
  static RemoteCommand of(String script) {
    return new RemoteCommand("", script, "sh", Optional.empty(), false);
  }

  /** How messages call it: its beginning, on one line. */
  String shown() {
    var line = script.strip().replaceAll("\\s+", " ");
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
  }

  /** What the login shell is given, which only has to start another one. */
  String line() {
    return "exec " + shell + " -c " + RemoteScript.quoted(before + script);
  }
}
