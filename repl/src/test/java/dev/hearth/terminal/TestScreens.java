package dev.hearth.terminal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Screens of a known size, and a terminal that keeps what was written to it. */
final class TestScreens {
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();

  static Screen terminal(int columns) {
    return new Screen(Screen.Kind.TERMINAL, Ink.PLAIN, Glyphs.UNICODE, () -> columns);
  }

  static Screen live(int columns) {
    return new Screen(Screen.Kind.LIVE, Ink.PLAIN, Glyphs.UNICODE, () -> columns);
  }

  Terminal with(Screen screen, String typed) {
    return new Terminal(
        new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        screen,
        screen,
        true);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
