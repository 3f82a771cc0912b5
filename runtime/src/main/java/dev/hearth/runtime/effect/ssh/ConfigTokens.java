package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Environment;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands for something else in the paths of an ssh_config: {@code %h}, {@code ${NAME}}. */
final class ConfigTokens {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)\\}");

  private final Environment environment;
  private final Path home;
  private final SshConfig.Lookup lookup;
  private final Map<Character, String> values;

  ConfigTokens(
      Environment environment,
      Path home,
      String localUser,
      SshConfig.Lookup lookup,
      String host,
      int port,
      String user) {
    this.environment = environment;
    this.home = home;
    this.lookup = lookup;
    this.values =
        Map.of(
            '%',
            "%",
            'd',
            home.toString(),
            'h',
            host,
            'k',
            lookup.value("hostkeyalias").orElse(lookup.alias()),
            'n',
            lookup.alias(),
            'p',
            String.valueOf(port),
            'r',
            user,
            'u',
            localUser);
  }

  /** A path without tokens; one that is relative begins where the user's home is. */
  String path(String text) {
    return home.resolve(TargetReader.path(expand(SshConfig.expandHome(text, home)))).toString();
  }

  /** The text without tokens. */
  String expand(String text) {
    var expanded = new StringBuilder();
    boolean isToken = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isToken) {
        expanded.append(Optional.ofNullable(values.get(c)).orElseThrow(() -> wrong(text)));
        isToken = false;
      } else if (c == '%') {
        isToken = true;
      } else {
        expanded.append(c);
      }
    }
    if (isToken) {
      throw wrong(text);
    }
    return VARIABLE
        .matcher(expanded)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    environment.get(found.group(1)).orElseThrow(() -> wrong(text))));
  }

  private HearthException wrong(String text) {
    return new HearthException(
        SshError.CONFIG_SYNTAX, "ssh_config of `" + lookup.alias() + "`", text);
  }
}
