package dev.hearth.stdlib.templates;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/** A repository of apt with one package, which nobody signed. */
final class PackageServer implements AutoCloseable {
  private final HttpServer server;

  private PackageServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Builds the package and serves it on this machine alone.
   *
   * @param name of the package; it has one file, {@code /usr/share/NAME}
   */
  static PackageServer start(Path folder, String name) throws Exception {
    var tree = folder.resolve(name);
    Files.createDirectories(tree.resolve("DEBIAN"));
    Files.createDirectories(tree.resolve("usr/share"));
    Files.writeString(tree.resolve("usr/share/" + name), "it is installed\n");
    var control =
        """
        Package: %s
        Version: 1.0
        Architecture: all
        Maintainer: Hearth <hearth@example.org>
        Description: Proves that a package was installed
        """
            .formatted(name);
    Files.writeString(tree.resolve("DEBIAN/control"), control);
    var file = folder.resolve(name + "_1.0_all.deb");
    var build =
        new ProcessBuilder(
                "dpkg-deb", "--root-owner-group", "--build", tree.toString(), file.toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(build.getInputStream().readAllBytes(), UTF_8);
    if (build.waitFor() != 0) {
      throw new IOException(said);
    }
    var deb = Files.readAllBytes(file);
    var index =
        control
            + "Filename: ./%s\nSize: %d\nSHA256: %s\n\n"
                .formatted(
                    file.getFileName(),
                    deb.length,
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(deb)));
    return serve(Map.of("/Packages", index.getBytes(UTF_8), "/" + file.getFileName(), deb));
  }

  private static PackageServer serve(Map<String, byte[]> files) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var path = exchange.getRequestURI().normalize().getPath().replaceFirst("^/\\./", "/");
            var file = files.get(path);
            exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
            if (file != null) {
              exchange.getResponseBody().write(file);
            }
          }
        });
    server.start();
    return new PackageServer(server);
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
