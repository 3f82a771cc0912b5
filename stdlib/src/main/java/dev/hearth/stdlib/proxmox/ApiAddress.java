package dev.hearth.stdlib.proxmox;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** Where an API answers: {@code https://10.0.0.5:8006}, and nothing behind the port. */
record ApiAddress(NetAddress net) {
  private static final int PORT = 8006;

  /** Reads the address; without a port it is 8006, since that is where Proxmox listens. */
  static ApiAddress parse(String url) {
    try {
      var uri = new URI(url.strip());
      var host = uri.getHost();
      boolean bare =
          Set.of("", "/").contains(uri.getRawPath() == null ? "" : uri.getRawPath())
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getRawUserInfo() == null;
      if ("https".equalsIgnoreCase(uri.getScheme()) && host != null && bare) {
        var name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new ApiAddress(new NetAddress(name, uri.getPort() < 0 ? PORT : uri.getPort()));
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new HearthException(ProxmoxError.URL_WRONG, shown(url)).causedBy(e);
    }
    throw new HearthException(ProxmoxError.URL_WRONG, shown(url));
  }

  /** Without what may be a password before the host. */
  private static String shown(String url) {
    return url.replaceAll("\\p{Cntrl}", "\uFFFD").replaceFirst("//[^/@]*@", "//");
  }

  String url(ApiPath path) {
    return "https://" + net + "/api2/json" + path.encoded();
  }
}
