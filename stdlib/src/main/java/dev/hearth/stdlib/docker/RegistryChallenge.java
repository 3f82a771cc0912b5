package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a registry wants to be told who asks: what stands in {@code WWW-Authenticate}. */
sealed interface RegistryChallenge {
  /** Name and password with each request. */
  record Basic() implements RegistryChallenge {}

  /**
   * A token that somebody else makes.
   *
   * @param realm where
   * @param service for whom, in that one's words
   * @param scope for what
   */
  record Bearer(URI realm, Optional<String> service, Optional<String> scope)
      implements RegistryChallenge {}

  Pattern PARAMETER = Pattern.compile("([A-Za-z_]+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\",\\s]+))");

  /** The first of a registry's challenges that is known. */
  static RegistryChallenge of(List<String> headers, RegistryAddress where) {
    for (var header : headers) {
      var scheme = header.strip().replaceFirst("\\s.*$", "").toLowerCase(Locale.ROOT);
      if (scheme.equals("basic")) {
        return new Basic();
      }
      if (scheme.equals("bearer")) {
        var parameters = parameters(header);
        return new Bearer(
            realm(parameters.getOrDefault("realm", ""), header, where),
            Optional.ofNullable(parameters.get("service")),
            Optional.ofNullable(parameters.get("scope")));
      }
    }
    throw unknown(String.join(", ", headers), where);
  }

  private static Map<String, String> parameters(String header) {
    var found = new HashMap<String, String>();
    var matcher = PARAMETER.matcher(header);
    while (matcher.find()) {
      var quoted = matcher.group(2);
      var value = quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1");
      found.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
    }
    return found;
  }

  /** A registry that is reached by TLS cannot have the password sent without it. */
  private static URI realm(String text, String header, RegistryAddress where) {
    try {
      var realm = new URI(text);
      var isSafe = "https".equalsIgnoreCase(realm.getScheme());
      var isPlain = "http".equalsIgnoreCase(realm.getScheme()) && !where.isSafe();
      if (realm.getHost() != null && realm.getUserInfo() == null && (isSafe || isPlain)) {
        return realm;
      }
      throw unknown(header, where);
    } catch (URISyntaxException e) {
      throw unknown(header, where).causedBy(e);
    }
  }

  private static HearthException unknown(String header, RegistryAddress where) {
    return new HearthException(
        RegistryError.REGISTRY_CHALLENGE, where.host(), VisibleText.of(header));
  }
}
