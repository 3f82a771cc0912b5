package dev.hearth.stdlib.terraform;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.Endpoint;
import dev.hearth.runtime.permission.HostPattern;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Connection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a connection says of where programs are installed from.
 *
 * @param mirror what stands in the place of the maker's address
 * @param key the file with the key that releases are signed with, in the place of the maker's
 */
record InstallSettings(Optional<URI> mirror, Optional<Path> key) {
  static InstallSettings of(Connection connection) {
    return new InstallSettings(
        connection.setting("mirror").map(InstallSettings::mirror),
        connection.setting("key").map(InstallSettings::key));
  }

  private static URI mirror(String text) {
    try {
      var uri = new URI(text.replaceFirst("/+$", ""));
      if (("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw wrong("mirror", "it is no address").causedBy(e);
    }
    throw wrong("mirror", "an address such as `https://mirror.lan/terraform` is expected");
  }

  private static Path key(String text) {
    try {
      var file = Path.of(text);
      if (file.isAbsolute()) {
        return file.normalize();
      }
    } catch (InvalidPathException e) {
      throw wrong("key", "`" + VisibleText.of(text) + "` is no path").causedBy(e);
    }
    throw wrong("key", "`" + VisibleText.of(text) + "` is no whole path, from `/` on");
  }

  static HearthException wrong(String field, String what) {
    return new HearthException(InstallError.SETTING_WRONG, field, what).with("field", field);
  }

  /** Where the releases of a product are. */
  String base(Product product) {
    return mirror.map(URI::toString).orElse(product.address());
  }

  /** What they open at the gate. */
  List<Permission> reach() {
    var reach = new ArrayList<Permission>();
    mirror
        .flatMap(
            uri -> HostPattern.parse(uri.getHost()).map(host -> new Endpoint.Tcp(host, port(uri))))
        .map(Permission.Net::new)
        .ifPresent(reach::add);
    key.map(Permission.Read::new).ifPresent(reach::add);
    return reach;
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equals(uri.getScheme()) ? 443 : 80;
  }
}
