package dev.hearth.terminal;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what the streams of this process are, without a native library and without a terminal
 * library, since every start pays for it.
 *
 * <p>Honours {@code NO_COLOR} (wins), {@code FORCE_COLOR}, {@code TERM=dumb}, {@code CI} (no live
 * lines), {@code COLUMNS}, and the locale for which signs can be shown. Output is always UTF-8,
 * since JSON is.
 */
public final class ProcessTerminal {
  private static final int USUAL_WIDTH = 80;

  private final Map<String, String> environment;
  private final StreamFacts facts;
  private final IntSupplier columns;

  private ProcessTerminal(Map<String, String> environment, StreamFacts facts, IntSupplier columns) {
    this.environment = environment;
    this.facts = facts;
    this.columns = columns;
  }

  /**
   * The streams of this process.
   *
   * @param colours {@link Ink#PLAIN} if the user asked for no colours
   */
  public static Terminal open(Ink colours) {
    return new ProcessTerminal(
            System.getenv(), StreamFacts.ofThisProcess(), ProcessTerminal::askColumns)
        .terminal(
            System.in,
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            colours);
  }

  /**
   * The streams of another process, which are reached through these.
   *
   * @param columns asks for the width of its terminal; 0 when it cannot tell
   */
  public static Terminal elsewhere(
      Map<String, String> environment,
      StreamFacts facts,
      Streams streams,
      IntSupplier columns,
      Ink colours) {
    return new ProcessTerminal(environment, facts, columns)
        .terminal(streams.in(), streams.out(), streams.err(), colours);
  }

  /** Three streams. */
  public record Streams(InputStream in, OutputStream out, OutputStream err) {}

  /** What a stream can show in a given environment; for tests. */
  static Screen screen(Map<String, String> environment, boolean isTerminal, Ink colours) {
    return new ProcessTerminal(
            environment, new StreamFacts(isTerminal ? "1" : "", ""), ProcessTerminal::askColumns)
        .screen(1, colours);
  }

  private Terminal terminal(InputStream in, OutputStream out, OutputStream err, Ink colours) {
    return new Terminal(
        in,
        new StandardStream(out, kindOfStream(1)),
        new StandardStream(err, kindOfStream(2)),
        screen(1, colours),
        screen(2, colours),
        facts.interactive());
  }

  private StandardStream.Kind kindOfStream(int number) {
    return facts.isFile(number) ? StandardStream.Kind.FILE : StandardStream.Kind.PIPE;
  }

  private Screen screen(int descriptor, Ink colours) {
    var kind = kind(descriptor);
    return new Screen(
        kind, ink(kind, colours), glyphs(), new Width(environment, kind, columns)::columns);
  }

  private Screen.Kind kind(int descriptor) {
    if (!facts.isTerminal(descriptor)) {
      return Screen.Kind.PIPE;
    }
    return isDumb() || isSet("CI") ? Screen.Kind.TERMINAL : Screen.Kind.LIVE;
  }

  private Ink ink(Screen.Kind kind, Ink colours) {
    if (colours == Ink.PLAIN || !environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return Ink.PLAIN;
    }
    if (isSet("FORCE_COLOR")) {
      return Ink.COLOUR;
    }
    return kind == Screen.Kind.PIPE || isDumb() ? Ink.PLAIN : Ink.COLOUR;
  }

  private Glyphs glyphs() {
    if (System.getProperty("hearth.glyphs", "").equals("ascii")) {
      return Glyphs.ASCII; // the launcher had to choose another locale than the user's
    }
    for (var name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      var value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        var locale = value.toLowerCase(Locale.ROOT);
        return locale.contains("utf-8") || locale.contains("utf8") ? Glyphs.UNICODE : Glyphs.ASCII;
      }
    }
    return Glyphs.ASCII;
  }

  private boolean isDumb() {
    return environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  private boolean isSet(String name) {
    var value = environment.getOrDefault(name, "");
    return !value.isEmpty() && !value.equals("0") && !value.equals("false");
  }

  /** The second number that {@code stty size} prints; 0 if it cannot tell. */
  public static int askColumns() {
    try {
      var stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var words = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      var space = words.indexOf(' ');
      return space < 0 ? 0 : Width.positive(words.substring(space + 1).strip());
    } catch (IOException e) {
      return 0; // no stty or no terminal of our own: the usual width will do
    }
  }

  /** The width of the terminal, asked for when something is first fitted to it. */
  private static final class Width {
    private final Map<String, String> environment;
    private final Screen.Kind kind;
    private final IntSupplier asker;
    private @Nullable Integer known;

    Width(Map<String, String> environment, Screen.Kind kind, IntSupplier asker) {
      this.environment = environment;
      this.kind = kind;
      this.asker = asker;
    }

    synchronized int columns() {
      if (known == null) {
        known = find();
      }
      return known;
    }

    private int find() {
      var told = positive(environment.get("COLUMNS"));
      if (told > 0) {
        return told;
      }
      if (kind == Screen.Kind.PIPE) {
        return USUAL_WIDTH;
      }
      var asked = asker.getAsInt();
      return asked > 0 ? asked : USUAL_WIDTH;
    }

    private static int positive(@Nullable String text) {
      if (text == null || text.isEmpty() || text.length() > 5) {
        return 0;
      }
      for (var i = 0; i < text.length(); i++) {
        if (text.charAt(i) < '0' || text.charAt(i) > '9') {
          return 0;
        }
      }
      return Integer.parseInt(text);
    }
  }
}
