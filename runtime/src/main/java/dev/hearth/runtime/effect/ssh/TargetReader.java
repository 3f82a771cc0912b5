package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.effect.NetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes of an alias and what ssh_config says about it the host that is to be reached. */
public final class TargetReader {
  private static final List<String> USUAL_KEYS =
      List.of("~/.ssh/id_ed25519", "~/.ssh/id_ecdsa", "~/.ssh/id_rsa");
  private static final String USUAL_HOSTS = "~/.ssh/known_hosts";
  private static final List<String> USUAL_GLOBAL_HOSTS =
      List.of("/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2");
  private static final int MOST_JUMPS = 8;

  private final SshConfig config;
  private final Environment environment;
  private final Path home;
  private final String localUser;

  /**
   * A reader for one user.
   *
   * @param environment has the agent's socket, and what {@code ${NAME}} in a path stands for
   * @param home what {@code ~} stands for
   */
  public TargetReader(SshConfig config, Environment environment, Path home, String localUser) {
    this.config = config;
    this.environment = environment;
    this.home = home;
    this.localUser = localUser;
  }

  /** A reader for the user whose files and variables these are. */
  public static TargetReader of(Effects user) {
    var home = homeOf(user);
    var localUser = System.getProperty("user.name", "");
    return new TargetReader(
        new SshConfig(user.files(), home, localUser), user.environment(), home, localUser);
  }

  /** What {@code ~} stands for. */
  public static Path homeOf(Effects user) {
    return Path.of(
            user.environment()
                .get("HOME")
                .filter(home -> home.startsWith("/"))
                .orElseGet(() -> System.getProperty("user.home", "/")))
        .normalize();
  }

  /**
   * What a connection says itself, which comes before the files.
   *
   * @param key the only identity
   * @param jump hosts on the way, as {@code ProxyJump} has them
   */
  public record Given(
      @Nullable String user,
      @Nullable Integer port,
      @Nullable String key,
      @Nullable String jump,
      @Nullable String fingerprint) {
    /** Nothing: the files say it all. */
    public static final Given NOTHING = new Given(null, null, null, null, null);
  }

  /** A host, and what was found about it. */
  public record Found(SshTarget target, SshConfig.Lookup lookup) {}

  /**
   * Resolves an alias or a host name.
   *
   * @throws HearthException {@code ssh.config-…}, {@code ssh.host-malformed}
   */
  public Found read(String alias, Given given) {
    return read(alias, given, 0);
  }

  private Found read(String alias, Given given, int jumps) {
    if (jumps > MOST_JUMPS) {
      throw new HearthException(SshError.CONFIG_DEPTH, "`ProxyJump` of `" + alias + "`");
    }
    var lookup = config.lookup(alias, before(given));
    var host = hostName(lookup);
    int port = number(lookup, "port", 22);
    var user = lookup.value("user").orElse(localUser);
    try {
      var _ = new NetAddress(host, port);
    } catch (IllegalArgumentException e) {
      throw new HearthException(SshError.HOST_MALFORMED, host + ":" + port).causedBy(e);
    }
    var tokens = new ConfigTokens(environment, home, localUser, lookup, host, port, user);
    var target =
        new SshTarget(
            alias,
            host.toLowerCase(java.util.Locale.ROOT),
            port,
            user,
            lookup.value("hostkeyalias").map(tokens::expand).orElse(null),
            identities(lookup, tokens),
            lookup.all("certificatefile").stream().map(tokens::path).toList(),
            isYes(lookup, "identitiesonly") || given.key() != null,
            agent(lookup, tokens).orElse(null),
            paths(lookup.all("userknownhostsfile"), List.of(USUAL_HOSTS), tokens),
            paths(lookup.all("globalknownhostsfile"), USUAL_GLOBAL_HOSTS, tokens),
            hostKeys(lookup),
            isYes(lookup, "hashknownhosts"),
            given.fingerprint(),
            number(lookup, "connecttimeout", 0),
            number(lookup, "serveraliveinterval", 0),
            number(lookup, "serveralivecountmax", 3),
            jump(lookup, jumps));
    return new Found(target, lookup);
  }

  private static Map<String, List<String>> before(Given given) {
    var values = new LinkedHashMap<String, List<String>>();
    if (given.user() != null) {
      values.put("user", List.of(given.user()));
    }
    if (given.port() != null) {
      values.put("port", List.of(given.port().toString()));
    }
    if (given.jump() != null) {
      values.put("proxyjump", List.of(given.jump()));
    }
    return values;
  }

  private static String hostName(SshConfig.Lookup lookup) {
    return lookup
        .value("hostname")
        .map(name -> name.replace("%%", "\0").replace("%h", lookup.alias()).replace('\0', '%'))
        .orElse(lookup.alias());
  }

  private static List<SshTarget.Identity> identities(SshConfig.Lookup lookup, ConfigTokens tokens) {
    var named = lookup.all("identityfile");
    if (named.isEmpty()) {
      return USUAL_KEYS.stream()
          .map(file -> new SshTarget.Identity(tokens.path(file), false))
          .toList();
    }
    return named.stream()
        .filter(file -> !file.equalsIgnoreCase("none"))
        .map(file -> new SshTarget.Identity(tokens.path(file), true))
        .toList();
  }

  private Optional<String> agent(SshConfig.Lookup lookup, ConfigTokens tokens) {
    var named = lookup.value("identityagent").orElse("SSH_AUTH_SOCK");
    if (named.equalsIgnoreCase("none")) {
      return Optional.empty();
    }
    if (named.equals("SSH_AUTH_SOCK")) {
      return environment.get(named).filter(path -> path.startsWith("/"));
    }
    if (named.startsWith("$") && !named.startsWith("${")) {
      return environment.get(named.substring(1)).filter(path -> path.startsWith("/"));
    }
    return Optional.of(tokens.path(named));
  }

  private static List<String> paths(List<String> named, List<String> usual, ConfigTokens tokens) {
    return (named.isEmpty() ? usual : named)
        .stream()
            .filter(file -> !file.equalsIgnoreCase("none") && !file.equals("/dev/null"))
            .map(tokens::path)
            .toList();
  }

  private static SshTarget.HostKeys hostKeys(SshConfig.Lookup lookup) {
    var word =
        lookup.value("stricthostkeychecking").orElse("ask").toLowerCase(java.util.Locale.ROOT);
    return switch (word) {
      case "yes", "true" -> SshTarget.HostKeys.REFUSE;
      case "no", "off", "false", "accept-new" -> SshTarget.HostKeys.RECORD;
      case "ask" -> SshTarget.HostKeys.ASK;
      default -> throw wrong(lookup, "stricthostkeychecking", word);
    };
  }

  private @Nullable SshTarget jump(SshConfig.Lookup lookup, int jumps) {
    var named = lookup.value("proxyjump").orElse("none");
    if (named.equalsIgnoreCase("none")) {
      var command = lookup.value("proxycommand").orElse("none");
      if (!command.equalsIgnoreCase("none") && lookup.value("proxyjump").isEmpty()) {
        throw new HearthException(
            SshError.CONFIG_UNSUPPORTED, "ssh_config of `" + lookup.alias() + "`", "ProxyCommand");
      }
      return null;
    }
    var hops = new ArrayList<>(List.of(named.split(",")));
    var last = hop(hops.removeLast().strip());
    // The last one is reached through those before it, whatever its own lines say.
    var way = hops.isEmpty() ? null : String.join(",", hops);
    var given = new Given(last.user(), last.port(), null, way, null);
    return read(last.host(), given, jumps + 1).target();
  }

  private record Hop(String host, @Nullable String user, @Nullable Integer port) {}

  /** {@code [user@]host[:port]}, also as {@code ssh://…}. */
  private static Hop hop(String text) {
    var rest = text.startsWith("ssh://") ? text.substring("ssh://".length()) : text;
    int at = rest.lastIndexOf('@');
    var user = at < 0 ? null : rest.substring(0, at);
    var host = rest.substring(at + 1);
    int bracket = host.indexOf(']');
    int colon = host.lastIndexOf(':');
    Integer port = null;
    if (colon > bracket && (bracket >= 0 || host.indexOf(':') == colon)) {
      port = digits(host.substring(colon + 1)).orElseThrow(() -> malformed(text));
      host = host.substring(0, colon);
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isEmpty()) {
      throw malformed(text);
    }
    return new Hop(host, user, port);
  }

  private static HearthException malformed(String hop) {
    return new HearthException(SshError.HOST_MALFORMED, hop);
  }

  private static boolean isYes(SshConfig.Lookup lookup, String keyword) {
    var word = lookup.value(keyword).orElse("no");
    return word.equalsIgnoreCase("yes") || word.equalsIgnoreCase("true");
  }

  private static int number(SshConfig.Lookup lookup, String keyword, int usual) {
    var word = lookup.value(keyword);
    if (word.isEmpty() || word.get().equalsIgnoreCase("none")) {
      return usual;
    }
    return digits(word.get()).orElseThrow(() -> wrong(lookup, keyword, word.get()));
  }

  private static Optional<Integer> digits(String text) {
    return text.matches("[0-9]{1,6}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  private static HearthException wrong(SshConfig.Lookup lookup, String keyword, String word) {
    return new HearthException(
        SshError.CONFIG_SYNTAX, "ssh_config of `" + lookup.alias() + "`", keyword + " " + word);
  }

  /** A path, or nothing that can be one. */
  static Path path(String text) {
    try {
      return Path.of(text).normalize();
    } catch (InvalidPathException e) {
      throw new HearthException(SshError.CONFIG_SYNTAX, "ssh_config", text).causedBy(e);
    }
  }
}
