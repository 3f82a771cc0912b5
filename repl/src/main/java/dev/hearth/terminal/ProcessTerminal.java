package dev.hearth.terminal;

import java.io.Console;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private final Map<String, String> environment;
  private final String terminals;

  private ProcessTerminal(Map<String, String> environment, String terminals) {
    this.environment = environment;
    this.terminals = terminals;
  }

  /**
   * The streams of this process.
   *
   * @param colours {@link Ink#PLAIN} if the user asked for no colours
   */
  public static Terminal open(Ink colours) {
    var probe = new ProcessTerminal(System.getenv(), terminals());
    return new Terminal(
        System.in,
        stream(FileDescriptor.out, 1),
        stream(FileDescriptor.err, 2),
        probe.screen(1, colours),
        probe.screen(2, colours),
        probe.isTerminal(0) && probe.isTerminal(2));
  }

  /** What a stream can show in a given environment; for tests. */
  static Screen screen(Map<String, String> environment, boolean isTerminal, Ink colours) {
    return new ProcessTerminal(environment, isTerminal ? "1" : "").screen(1, colours);
  }

  private static StandardStream stream(FileDescriptor descriptor, int number) {
    var kind = isFile(number) ? StandardStream.Kind.FILE : StandardStream.Kind.PIPE;
    return new StandardStream(new FileOutputStream(descriptor), kind);
  }

  /** Linux tells pipes and sockets by links to names that are no paths; elsewhere nobody does. */
  private static boolean isFile(int descriptor) {
    try {
      return Files.readSymbolicLink(DESCRIPTORS.resolve(String.valueOf(descriptor))).isAbsolute();
    } catch (IOException e) {
      // A closed one has no link: what is written to it is lost, and so nobody waits for it.
      return false;
    }
  }

  private Screen screen(int descriptor, Ink colours) {
    var kind = kind(descriptor);
    return new Screen(kind, ink(kind, colours), glyphs(), new Width(environment, kind)::columns);
  }

  private Screen.Kind kind(int descriptor) {
    if (!isTerminal(descriptor)) {
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

  private boolean isTerminal(int descriptor) {
    return terminals.indexOf('0' + descriptor) >= 0;
  }

  /**
   * The numbers of the streams that are terminals. The launcher knows by {@code test -t} and says
   * so in a property; without it Linux tells by its links, and elsewhere Java knows only about
   * input and output together.
   */
  private static String terminals() {
    var told = System.getProperty("hearth.terminals");
    if (told != null) {
      return told;
    }
    if (!Files.isDirectory(DESCRIPTORS)) {
      return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
          ? "012"
          : "";
    }
    var found = new StringBuilder();
    for (var descriptor = 0; descriptor <= 2; descriptor++) {
      if (isTerminalLink(DESCRIPTORS.resolve(String.valueOf(descriptor)))) {
        found.append(descriptor);
      }
    }
    return found.toString();
  }

  private static boolean isTerminalLink(Path link) {
    try {
      var target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException e) {
      return false; // the stream is closed
    }
  }

  /** The width of the terminal, asked for when something is first fitted to it. */
  private static final class Width {
    private final Map<String, String> environment;
    private final Screen.Kind kind;
    private @Nullable Integer known;

    Width(Map<String, String> environment, Screen.Kind kind) {
      this.environment = environment;
      this.kind = kind;
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
      var asked = ask();
      return asked > 0 ? asked : USUAL_WIDTH;
    }

    /** The second number that {@code stty size} prints; 0 if it cannot tell. */
    private static int ask() {
      try {
        var stty =
            new ProcessBuilder("stty", "size")
                .redirectInput(new File("/dev/tty"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var words = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        var space = words.indexOf(' ');
        return space < 0 ? 0 : positive(words.substring(space + 1).strip());
      } catch (IOException e) {
        return 0; // no stty or no terminal of our own: the usual width will do
      }
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
