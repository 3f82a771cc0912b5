package dev.hearth.runtime.permission;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads permissions in their canonical form and in the form of a recipe's literal. Immutable.
 *
 * <pre>
 * proxmox:write  proxmox=lab:read   an intent, on all connections or on one
 * net=HOST:PORT                     example.org, *.example.org, *, 10.0.0.0/8, [2001:db8::1];
 *                                   port or *; or net=unix:/run/docker.sock
 * listen=HOST:PORT                  port 0 is any free one
 * read=PATH  write=PATH             relative to the folder given here; ~/ is the user's home
 * exec=PROGRAM                      a name looked up on PATH, or a path
 * env=NAME  env=PREFIX*  secret=NAME  all
 * </pre>
 */
public final class PermissionParser {
  static final Set<String> EFFECTS =
      Set.of("net", "listen", "read", "write", "exec", "env", "secret");

  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Pattern CONNECTION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern VARIABLE = Pattern.compile("[^=*\\p{Cntrl}]*\\*?");
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,199}");

  private final Path folder;
  private final Optional<Path> home;
  private final Optional<Set<String>> bindings;

  private PermissionParser(Path folder, Optional<Path> home, Optional<Set<String>> bindings) {
    this.folder = folder;
    this.home = home;
    this.bindings = bindings;
  }

  /**
   * A parser that reads relative paths from {@code folder}: the recipe's own for what it declares,
   * the working directory for flags.
   */
  public static PermissionParser relativeTo(Path folder) {
    return new PermissionParser(
        folder.toAbsolutePath().normalize(), Optional.empty(), Optional.empty());
  }

  /** The same, but for relative paths, which are read from {@code other}. */
  public PermissionParser in(Path other) {
    return new PermissionParser(other.toAbsolutePath().normalize(), home, bindings);
  }

  /** The folder that {@code ~} stands for; default: none, and {@code ~} is refused. */
  public PermissionParser home(Optional<Path> known) {
    return new PermissionParser(folder, known, bindings);
  }

  /** The names that intents may have, so that a typo is found; default: any. */
  public PermissionParser bindings(Collection<String> names) {
    return new PermissionParser(folder, home, Optional.of(new TreeSet<>(names)));
  }

  /** Reads one permission; fails with {@link PermissionError#MALFORMED}. */
  public Permission parse(String text) {
    try {
      return read(text);
    } catch (NotAPermission e) {
      throw new HearthException(
          PermissionError.MALFORMED, VisibleText.of(text), e.reason(), e.hint());
    }
  }

  /**
   * Reads what flags grant. Fails with the first {@link PermissionError#MALFORMED} among them; the
   * sentences of the others are its detail {@code also}.
   *
   * @param flags each without its {@code --allow-}
   */
  public Grants grants(List<String> flags) {
    var grants = Grants.none();
    var problems = new ArrayList<HearthException>();
    for (var flag : flags) {
      try {
        grants = grants.plus(parse(flag), Grant.Origin.FLAG);
      } catch (HearthException e) {
        problems.add(e);
      }
    }
    if (problems.isEmpty()) {
      return grants;
    }
    var first = problems.removeFirst();
    throw problems.isEmpty()
        ? first
        : first.with("also", problems.stream().map(HearthException::sentence).toList());
  }

  /** Reads the {@code permissions} of a recipe's literal, all of it, with all its problems. */
  public Declaration declared(ObjectNode permissions) {
    return new DeclarationReader(this).read(permissions);
  }

  Permission read(String text) throws NotAPermission {
    if (text.equals("all")) {
      return new Permission.All();
    }
    var word = WORD.matcher(text);
    if (!word.lookingAt()) {
      throw new NotAPermission(
          "it begins with no name", "Write it like `proxmox:read` or `net=example.org:443`.");
    }
    var name = word.group();
    var rest = text.substring(word.end());
    return EFFECTS.contains(name) ? effect(name, rest) : intent(name, rest);
  }

  private Permission effect(String name, String rest) throws NotAPermission {
    if (!rest.startsWith("=") || rest.length() == 1) {
      throw new NotAPermission("it does not say what", "Write it like `" + example(name) + "`.");
    }
    return effectOf(name, rest.substring(1));
  }

  /** One effect whose name and value stand apart, as in the literal. */
  Permission effectOf(String name, String value) throws NotAPermission {
    return switch (name) {
      case "net" -> new Permission.Net(endpoint(value, name));
      case "listen" -> new Permission.Listen(endpoint(value, name));
      case "read" -> new Permission.Read(path(value));
      case "write" -> new Permission.Write(path(value));
      case "exec" -> new Permission.Exec(program(value));
      case "env" -> new Permission.Env(matching(VARIABLE, name, value));
      case "secret" -> new Permission.Secret(matching(SECRET, name, value));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private Permission intent(String name, String rest) throws NotAPermission {
    requireKnown(name);
    var colon = rest.lastIndexOf(':');
    if (colon < 0) {
      throw new NotAPermission(
          "it does not say how far", "Write `%s:read` or `%1$s:write`.".formatted(name));
    }
    var access = access(name, rest.substring(colon + 1));
    var connection = rest.substring(0, colon);
    if (connection.isEmpty()) {
      return new Permission.Intent(name, Optional.empty(), access);
    }
    return intent(name, connection.startsWith("=") ? connection.substring(1) : "", access);
  }

  Permission intent(String binding, String connection, Access access) throws NotAPermission {
    if (!CONNECTION.matcher(connection).matches()) {
      throw new NotAPermission(
          "it names no connection", "Write it like `%s=lab:%s`.".formatted(binding, access));
    }
    return new Permission.Intent(binding, Optional.of(connection), access);
  }

  Access access(String binding, String word) throws NotAPermission {
    for (var access : Access.values()) {
      if (access.toString().equals(word)) {
        return access;
      }
    }
    throw new NotAPermission(
        "`" + VisibleText.of(word) + "` is neither `read` nor `write`",
        "Write `read` to look at %s, `write` to change it too.".formatted(binding));
  }

  void requireKnown(String name) throws NotAPermission {
    if (bindings.isEmpty() || bindings.get().contains(name)) {
      return;
    }
    var known = new TreeSet<>(bindings.get());
    known.addAll(EFFECTS);
    known.add("all");
    throw new NotAPermission(
        "there is neither an effect nor a system called `" + VisibleText.of(name) + "`",
        Suggestion.closest(name, known)
            .map(near -> "Did you mean `" + near + "`?")
            .orElseGet(
                () ->
                    "Use one of "
                        + known.stream().map(word -> "`" + word + "`").collect(joining(", "))
                        + "."));
  }

  private Endpoint endpoint(String text, String effect) throws NotAPermission {
    if (text.startsWith("unix:")) {
      return new Endpoint.Unix(path(text.substring("unix:".length())));
    }
    var hint = "Write it like `" + example(effect) + "`.";
    var colon = text.lastIndexOf(':');
    if (colon <= 0 || text.endsWith("]")) {
      throw new NotAPermission(
          "it has no port", "Add the port, `:443`, or `:*` for every port of that host.");
    }
    var host = text.substring(0, colon);
    if (host.equals("*") && effect.equals("listen")) {
      throw new NotAPermission(
          "it does not say on which address",
          "Write `0.0.0.0` for every address of this machine, `127.0.0.1` for itself only.");
    }
    if (host.contains(":") && !host.startsWith("[")) {
      throw new NotAPermission(
          "an IPv6 address needs brackets",
          "Write it like `%s=[2001:db8::1]:443`.".formatted(effect));
    }
    return new Endpoint.Tcp(
        HostPattern.parse(host)
            .orElseThrow(
                () ->
                    new NotAPermission(
                        "`" + VisibleText.of(host) + "` is no host",
                        host.chars().allMatch(c -> c < 0x80)
                            ? hint
                            : "Write the ASCII form of the name, which begins with `xn--`.")),
        port(text.substring(colon + 1), effect, hint));
  }

  private static int port(String text, String effect, String hint) throws NotAPermission {
    if (text.equals("*")) {
      return Endpoint.ANY_PORT;
    }
    var lowest = effect.equals("listen") ? 0 : 1;
    if (text.matches("[0-9]{1,5}")) {
      var port = Integer.parseInt(text);
      if (port >= lowest && port <= 65_535) {
        return port;
      }
    }
    throw new NotAPermission(
        "`%s` is no port from %d to 65535".formatted(VisibleText.of(text), lowest), hint);
  }

  private Path path(String text) throws NotAPermission {
    try {
      var path =
          text.equals("~") || text.startsWith("~/")
              ? home().resolve(text.substring(Math.min(2, text.length())))
              : folder.resolve(text);
      if (!text.isEmpty()) {
        return path.toAbsolutePath().normalize();
      }
    } catch (InvalidPathException e) {
      throw new NotAPermission(
          "`" + VisibleText.of(text) + "` cannot be a path", "Write it like `./keys`.");
    }
    throw new NotAPermission("the path is empty", "Write `.` for the folder itself.");
  }

  private Path home() throws NotAPermission {
    return home.orElseThrow(
        () ->
            new NotAPermission(
                "the home folder is unknown", "Write the path from `/`, or set `HOME`."));
  }

  private String program(String text) throws NotAPermission {
    if (text.isBlank()) {
      throw new NotAPermission("it names no program", "Write it like `" + example("exec") + "`.");
    }
    if (text.contains("*")) {
      throw new NotAPermission(
          "programs have no patterns",
          "Name each program; `all` is the permission to run whatever there is.");
    }
    if (text.contains("/") || text.equals("~")) {
      return path(text).toString();
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new NotAPermission("it names no program", "Write it like `" + example("exec") + "`.");
    }
    return text;
  }

  private static String matching(Pattern form, String effect, String value) throws NotAPermission {
    if (value.isEmpty() || !form.matcher(value).matches()) {
      throw new NotAPermission(
          "`" + VisibleText.of(value) + "` is no name", "Write it like `" + example(effect) + "`.");
    }
    return value;
  }

  static String example(String effect) {
    return effect
        + "="
        + switch (effect) {
          case "net" -> "cloud.debian.org:443";
          case "listen" -> "127.0.0.1:8080";
          case "read" -> "./keys";
          case "write" -> "./out";
          case "exec" -> "git";
          case "env" -> "HOME";
          default -> "dns-token";
        };
  }

  /** What is wrong with a text that should be a permission, before it is known where it stood. */
  static final class NotAPermission extends Exception {
    private final String reason;
    private final String hint;

    NotAPermission(String reason, String hint) {
      super(reason);
      this.reason = reason;
      this.hint = hint;
    }

    String reason() {
      return reason;
    }

    String hint() {
      return hint;
    }
  }
}
