package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a registry is.
 *
 * @param host with its port, where it is not the usual one: what images' names begin with
 * @param base what its URLs begin with, without a slash at the end
 */
record RegistryAddress(String host, String base) {
  private static final Pattern HOST =
      Pattern.compile(
          "(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:]+])(?::[0-9]{1,5})?");

  /** The Hub is known by another name than its own. */
  private static final String HUB = "docker.io";

  private static final String HUB_HOST = "registry-1.docker.io";

  /** Reads what a recipe gave: {@code registry.lan:5000}, {@code http://127.0.0.1:5000}. */
  static RegistryAddress parse(String text) {
    var isPlain = text.toLowerCase(Locale.ROOT).startsWith("http://");
    var host = text.replaceFirst("^(?i)https?://", "").replaceFirst("/$", "");
    if (!HOST.matcher(host).matches()) {
      throw new HearthException(RegistryError.REGISTRY_MALFORMED, VisibleText.of(text));
    }
    var reached = host.equals(HUB) || host.equals("index.docker.io") ? HUB_HOST : host;
    return new RegistryAddress(
        reached.equals(HUB_HOST) ? HUB : host, (isPlain ? "http://" : "https://") + reached);
  }

  boolean isHub() {
    return host.equals(HUB);
  }

  /** Whether what is read by everybody on the way must not go there. */
  boolean isSafe() {
    return base.startsWith("https://");
  }

  /** Whether a URL that the registry named leads to itself. */
  boolean isOwn(URI url) {
    var own = URI.create(base);
    return own.getScheme().equalsIgnoreCase(url.getScheme())
        && own.getAuthority().equalsIgnoreCase(url.getAuthority());
  }
}
