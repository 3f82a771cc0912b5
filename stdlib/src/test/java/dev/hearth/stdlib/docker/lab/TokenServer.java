package dev.hearth.stdlib.docker.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.HttpService;
import dev.hearth.runtime.effect.tls.SelfSigned;
import dev.hearth.runtime.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * Who makes the tokens that a registry asks for, as the Hub's does: {@link LabRegistry#USER} gets
 * what is asked for, strangers may read. The registry checks each of them.
 */
public final class TokenServer implements AutoCloseable {
  static final String ISSUER = "lab";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SECONDS = 300;

  private final Path folder;
  private final StreamServer server;
  private final Queue<String> scopes = new ConcurrentLinkedQueue<>();

  private TokenServer(Path folder) {
    this.folder = folder;
    LabProcess.run("certificates", folder.resolve("tls").toString());
    var certificate = SelfSigned.read(pem("server.pem"), Secret.of(pem("server-key.pem")));
    this.server =
        StreamServer.start(
            new SystemNet().listen("127.0.0.1", 0, certificate.tls(List.of("http/1.1"))),
            new HttpService(this::answer),
            (where, failure) -> {
              throw new AssertionError(failure);
            });
  }

  /** Starts one, for the registry that is started with it. */
  public static TokenServer start() {
    return new TokenServer(LabRegistry.folder());
  }

  Path folder() {
    return folder;
  }

  String realm() {
    return "https://" + server.address() + "/token";
  }

  public int port() {
    return Integer.parseInt(server.address().replaceFirst(".*:", ""));
  }

  /** What tokens were asked for, in order. */
  public List<String> scopes() {
    return List.copyOf(scopes);
  }

  private String pem(String name) {
    try {
      return Files.readString(folder.resolve("tls").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse answer(HttpRequest request) {
    var basic = LabRegistry.USER + ":" + LabRegistry.PASSWORD;
    var good = "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(UTF_8));
    var shown = request.headers().first("Authorization");
    if (shown.isPresent() && !shown.get().equals(good)) {
      return HttpResponse.of(401, "application/json", "{}");
    }
    var wanted =
        Stream.of(request.query().split("&", -1))
            .filter(each -> each.startsWith("scope="))
            .map(each -> URLDecoder.decode(each.substring("scope=".length()), UTF_8))
            .toList();
    scopes.addAll(wanted);
    return HttpResponse.of(
        200, "application/json", "{\"token\":\"" + token(wanted, shown.isPresent()) + "\"}");
  }

  private String token(List<String> wanted, boolean isUser) {
    var access = new ArrayList<Map<String, ?>>();
    for (var scope : wanted) {
      var actions = scope.substring(scope.lastIndexOf(':') + 1);
      var name = scope.substring(scope.indexOf(':') + 1, scope.lastIndexOf(':'));
      var type = scope.substring(0, scope.indexOf(':'));
      access.add(
          Map.of(
              "type",
              type,
              "name",
              name,
              "actions",
              Stream.of(actions.split(",", -1))
                  .filter(one -> isUser || one.equals("pull"))
                  .toList()));
    }
    long now = Instant.now().getEpochSecond();
    var claims =
        Map.of(
            "iss",
            ISSUER,
            "sub",
            "lab",
            "aud",
            "lab",
            "jti",
            "1",
            "iat",
            now,
            "nbf",
            now - 10,
            "exp",
            now + SECONDS,
            "access",
            access);
    var header = Map.of("typ", "JWT", "alg", "ES256", "x5c", List.of(der("server.pem")));
    try {
      var signed =
          encoded(JSON.writeValueAsBytes(header)) + "." + encoded(JSON.writeValueAsBytes(claims));
      return signed + "." + encoded(signature(signed));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] signature(String text) {
    try {
      var key = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(der("server-key.pem")));
      var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(KeyFactory.getInstance("EC").generatePrivate(key));
      signature.update(text.getBytes(UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is in a PEM file, in base64. */
  private String der(String name) {
    return pem(name).replaceAll("-----[^-]*-----", "").replaceAll("\\s", "");
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
