package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where an API server is.
 *
 * @param secure whether it is spoken to by TLS, as all are but {@code kubectl proxy} on this
 *     machine
 * @param path what its paths begin with, as behind Rancher; empty or with a slash at its begin only
 */
record ServerAddress(boolean secure, NetAddress net, String path) {
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  static ServerAddress parse(String text) {
    try {
      var uri = new URI(text.contains("://") ? text : "https://" + text);
      var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      var host = uri.getHost();
      boolean secure = scheme.equals("https");
      if (host == null
          || !(secure || (scheme.equals("http") && isThisMachine(host)))
          || uri.getRawUserInfo() != null
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null) {
        throw wrong(text);
      }
      int port = uri.getPort() > 0 ? uri.getPort() : secure ? HTTPS : HTTP;
      var path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("/+$", "");
      return new ServerAddress(secure, new NetAddress(host.replaceAll("[\\[\\]]", ""), port), path);
    } catch (URISyntaxException e) {
      throw wrong(text).causedBy(e);
    }
  }

  /** Nothing secret goes anywhere else in the clear. */
  private static boolean isThisMachine(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  private static HearthException wrong(String text) {
    var shown = text.replaceFirst("//[^/@]*@", "//***@").replaceAll("\\p{Cntrl}", "?");
    return new HearthException(KubernetesError.SERVER_WRONG, shown).with("field", "server");
  }

  /** The URL that everything of the API begins with. */
  String base() {
    return (secure ? "https://" : "http://") + net + path;
  }
}
