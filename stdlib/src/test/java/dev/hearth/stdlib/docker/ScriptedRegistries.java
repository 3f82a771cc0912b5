package dev.hearth.stdlib.docker;

import dev.hearth.runtime.effect.BlockInput;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpHandler;
import dev.hearth.runtime.effect.http.HttpService;
import dev.hearth.stdlib.UserHome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;

/** Registries without TLS that answer as a test wants it, and a user who asks them. */
final class ScriptedRegistries implements AutoCloseable {
  static final String LOGIN = ", { username: 'alice', password: 'wonderland' }";
  static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  private static final String BROKEN = "The connection broke.";

  private final UserHome user;
  private final List<StreamServer> servers = new ArrayList<>();

  ScriptedRegistries(UserHome user) {
    this.user = user;
  }

  /** The address of one. */
  String start(HttpHandler answers) {
    var server =
        StreamServer.start(
            new SystemNet().listen("127.0.0.1", 0, null),
            new HttpService(answers),
            (where, failure) -> {
              if (!String.valueOf(failure.getMessage()).equals(BROKEN)) {
                throw new AssertionError(failure);
              }
            });
    servers.add(server);
    return server.address();
  }

  /** The first bytes of a body that breaks off behind them. */
  static HttpBody broken(byte[] bytes, int offset, int sent, long length) {
    var end =
        new BlockInput() {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            throw new IOException(BROKEN);
          }
        };
    return HttpBody.of(
        new SequenceInputStream(new ByteArrayInputStream(bytes, offset, sent), end), length);
  }

  /** A manifest of an image that is one blob, its configuration. */
  static String manifest(byte[] config) {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"layers\":[],\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"size\":%d,\"digest\":\"%s\"}}"
        .formatted(MANIFEST, config.length, Manifest.digest(config, "sha256:"));
  }

  /** JavaScript for a registry. */
  static String js(String host, String more) {
    return "docker().registry('http://" + host + "'" + more + ")";
  }

  /** What an expression gives, with leave to reach these hosts. */
  String value(String expression, String... hosts) {
    return user.value("return " + expression + ";", grants(hosts));
  }

  /** The error of an expression, as people see it. */
  String error(String expression, String... hosts) {
    return UserHome.text(user.run("return " + expression + ";", grants(hosts)));
  }

  private static String[] grants(String... hosts) {
    var grants = new ArrayList<>(List.of("docker:write"));
    List.of(hosts).forEach(host -> grants.add("net=" + host));
    return grants.toArray(String[]::new);
  }

  @Override
  public void close() throws IOException {
    for (var server : servers) {
      server.close();
    }
  }
}
