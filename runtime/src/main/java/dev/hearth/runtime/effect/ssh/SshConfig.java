package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The user's {@code ~/.ssh/config} and the machine's {@code /etc/ssh/ssh_config}, read as ssh reads
 * them: the first value of a keyword counts, {@code Host} and {@code Match} say for whom.
 */
public final class SshConfig {
  /** Those whose values add up; of all others the first counts. */
  private static final Set<String> REPEATABLE = Set.of("identityfile", "certificatefile");

  private static final int DEEPEST = 16;

  private final Files files;
  private final Path home;
  private final String localUser;
  private final Path user;
  private final Path system;

  /** The usual two files. */
  public SshConfig(Files files, Path home, String localUser) {
    this(files, home, localUser, home.resolve(".ssh/config"), Path.of("/etc/ssh/ssh_config"));
  }

  /** Two files of one's own, as {@code ssh -F} takes one. */
  SshConfig(Files files, Path home, String localUser, Path user, Path system) {
    this.files = files;
    this.home = home;
    this.localUser = localUser;
    this.user = user;
    this.system = system;
  }

  /**
   * What the files say about a host.
   *
   * @param named whether a {@code Host} line with more than {@code *} is about it
   * @param values by keyword in lower case
   * @param ignored keywords that stand there and mean nothing here, each with its place
   */
  public record Lookup(
      String alias, boolean named, Map<String, List<String>> values, Set<String> ignored) {
    /** The value of a keyword that has one. */
    public Optional<String> value(String keyword) {
      return Optional.ofNullable(values.get(keyword)).map(List::getFirst);
    }

    /** All values of a keyword. */
    public List<String> all(String keyword) {
      return values.getOrDefault(keyword, List.of());
    }
  }

  /**
   * Looks a host up.
   *
   * @param given what stands before the files, as on ssh's command line
   * @throws HearthException {@code ssh.config-…}
   */
  public Lookup lookup(String alias, Map<String, List<String>> given) {
    var reading = new Reading(alias, given);
    reading.file(user, folder(user), 0);
    reading.file(system, folder(system), 0);
    return new Lookup(alias, reading.named, reading.values, reading.ignored);
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().resolveSibling(".").normalize();
  }

  /** One walk through the files. */
  private final class Reading {
    private final String alias;
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Set<String> ignored = new LinkedHashSet<>();
    private boolean named;
    private boolean applies = true;

    Reading(String alias, Map<String, List<String>> given) {
      this.alias = alias;
      given.forEach((keyword, value) -> values.put(keyword, new ArrayList<>(value)));
    }

    void file(Path file, Path folder, int depth) {
      if (depth > DEEPEST) {
        throw new HearthException(SshError.CONFIG_DEPTH, file);
      }
      if (!files.exists(file)) {
        return;
      }
      boolean before = depth == 0 || applies;
      applies = before;
      for (var line : ConfigLine.parse(files.readText(file), file.toString())) {
        switch (line.keyword()) {
          case "host" -> applies = host(line) && before;
          case "match" -> applies = match(line) && before;
          case "include" -> include(line, folder, depth);
          default -> set(line);
        }
      }
      applies = before;
    }

    private boolean host(ConfigLine line) {
      line.argument();
      boolean matches = HostPattern.matchesAny(line.arguments(), alias);
      named |=
          matches
              && line.arguments().stream()
                  .anyMatch(pattern -> !pattern.equals("*") && HostPattern.matches(pattern, alias));
      return matches;
    }

    private boolean match(ConfigLine line) {
      line.argument();
      boolean all = true;
      var words = line.arguments().iterator();
      while (words.hasNext()) {
        var word = words.next();
        boolean negated = word.startsWith("!");
        var criterion = (negated ? word.substring(1) : word).toLowerCase(java.util.Locale.ROOT);
        boolean holds =
            switch (criterion) {
              case "all" -> true;
              case "canonical", "final" -> false;
              case "host" ->
                  matches(words, line, values.getOrDefault("hostname", List.of(alias)).getFirst());
              case "originalhost" -> matches(words, line, alias);
              case "user" ->
                  matches(words, line, values.getOrDefault("user", List.of(localUser)).getFirst());
              case "localuser" -> matches(words, line, localUser);
              case "exec" ->
                  throw new HearthException(
                      SshError.CONFIG_UNSUPPORTED, line.place(), "Match exec");
              default -> throw line.wrong();
            };
        all &= holds != negated;
      }
      return all;
    }

    private boolean matches(java.util.Iterator<String> words, ConfigLine line, String text) {
      if (!words.hasNext()) {
        throw line.wrong();
      }
      return HostPattern.matchesAny(List.of(words.next().split(",")), text);
    }

    private void include(ConfigLine line, Path folder, int depth) {
      line.argument();
      for (var pattern : line.arguments()) {
        var path = expandHome(pattern, home);
        for (var file : new PathGlob(files).expand(folder.resolve(path))) {
          file(file, folder, depth + 1);
        }
      }
    }

    private void set(ConfigLine line) {
      if (!applies) {
        return;
      }
      var keyword = line.keyword();
      if (!SshTarget.KEYWORDS.contains(keyword)) {
        ignored.add(line.place() + " " + keyword);
        return;
      }
      line.argument();
      var known = values.get(keyword);
      if (known == null) {
        values.put(keyword, new ArrayList<>(line.arguments()));
      } else if (REPEATABLE.contains(keyword)) {
        known.addAll(line.arguments());
      }
    }
  }

  /** {@code ~} and {@code ~/…} as a path of the user. */
  static String expandHome(String path, Path home) {
    if (path.equals("~")) {
      return home.toString();
    }
    return path.startsWith("~/") ? home + path.substring(1) : path;
  }
}
