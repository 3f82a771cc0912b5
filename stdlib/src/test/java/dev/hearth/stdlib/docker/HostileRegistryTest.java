package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.http.HttpHandler;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.HttpService;
import dev.hearth.stdlib.UserHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that want what is not theirs: the login for another, or an image for another. */
class HostileRegistryTest {
  private static final String LOGIN = ", { username: 'alice', password: 'wonderland' }";

  private final List<StreamServer> servers = new ArrayList<>();
  private final Queue<HttpRequest> seen = new ConcurrentLinkedQueue<>();
  private UserHome user;

  @BeforeEach
  void home(@TempDir Path folder) {
    user = new UserHome(folder, "docker");
  }

  @AfterEach
  void stop() throws IOException {
    for (var server : servers) {
      server.close();
    }
  }

  /** The address of a registry that answers so, without TLS. */
  private String registry(HttpHandler answers) {
    var server =
        StreamServer.start(
            new SystemNet().listen("127.0.0.1", 0, null),
            new HttpService(answers),
            (where, failure) -> {
              throw new AssertionError(failure);
            });
    servers.add(server);
    return server.address();
  }

  /** Another server, who wants to see the login. */
  private String thief() {
    return registry(
        request -> {
          seen.add(request);
          return HttpResponse.of(200, "application/json", "{}");
        });
  }

  private String run(String expression, String... hosts) {
    var grants = new ArrayList<>(List.of("docker:write"));
    List.of(hosts).forEach(host -> grants.add("net=" + host));
    return UserHome.text(user.run("return " + expression + ";", grants.toArray(String[]::new)));
  }

  @Test
  void the_next_page_is_not_asked_of_another() {
    var thief = thief();
    var registry =
        registry(
            request ->
                request.headers().first("Authorization").isEmpty()
                    ? HttpResponse.of(401).header("WWW-Authenticate", "Basic realm=\"x\"")
                    : HttpResponse.of(200, "application/json", "{\"repositories\":[\"a\"]}")
                        .header("Link", "<http://" + thief + "/v2/_catalog>; rel=\"next\""));

    assertThat(
            run(
                "await docker().registry('http://"
                    + registry
                    + "'"
                    + LOGIN
                    + ").repositories.list()",
                registry,
                thief))
        .contains("docker.registry-none");
    assertThat(seen).isEmpty();
  }

  @Test
  void a_layer_is_not_put_to_another() {
    var thief = thief();
    var config = "sha256:" + "a".repeat(64);
    var manifest =
        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"layers\":[],"
            + "\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"size\":2,\"digest\":\""
            + config
            + "\"}}";
    var source =
        registry(
            request ->
                HttpResponse.of(200, "application/vnd.oci.image.manifest.v1+json", manifest));
    var target =
        registry(
            request ->
                request.method().equals("POST")
                    ? HttpResponse.of(202).header("Location", "http://" + thief + "/put")
                    : HttpResponse.of(404));

    assertThat(
            run(
                "await docker().registry('http://"
                    + source
                    + "').image('a:1').copyTo(docker().registry('http://"
                    + target
                    + "'"
                    + LOGIN
                    + ").image('a:1'))",
                source,
                target,
                thief))
        .contains("docker.registry-none");
    assertThat(seen).isEmpty();
  }

  @Test
  void another_image_than_the_one_of_the_digest_is_refused() {
    var registry =
        registry(
            request ->
                HttpResponse.of(
                    200,
                    "application/vnd.oci.image.index.v1+json",
                    "{\"schemaVersion\":2,\"manifests\":[]}"));

    assertThat(
            run(
                "await docker().registry('http://"
                    + registry
                    + "').image('a@sha256:"
                    + "0".repeat(64)
                    + "').inspect()",
                registry))
        .contains("docker.registry-mismatch");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Negotiate",
        "Bearer service=\"x\"",
        "Bearer realm=\"file:///etc/passwd\"",
        "Bearer realm=\"http://user:pw@127.0.0.1/\"",
        "Bearer realm=\"::\""
      })
  void a_challenge_that_makes_no_sense_is_an_error(String challenge) {
    var registry = registry(request -> HttpResponse.of(401).header("WWW-Authenticate", challenge));

    assertThat(
            run(
                "await docker().registry('http://"
                    + registry
                    + "'"
                    + LOGIN
                    + ").repositories.list()",
                registry))
        .contains("docker.registry-challenge");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/../b:1",
        "a:1?x",
        "A:1",
        "a:",
        "a@sha256:12",
        "a b",
        "a:1/../../x",
        "",
        "%2e%2e/a"
      })
  void a_name_cannot_break_out_of_its_path(String name) {
    var registry = thief();

    assertThat(
            run(
                "await docker().registry('http://"
                    + registry
                    + "').image('"
                    + name
                    + "').inspect()",
                registry))
        .contains("docker.registry-image-malformed");
    assertThat(seen).isEmpty();
  }

  @Test
  void what_is_no_registry_is_told_so() {
    var registry = registry(request -> HttpResponse.of(200, "text/html", "<html>"));

    assertThat(
            run("await docker().registry('http://" + registry + "').repositories.list()", registry))
        .contains("What answers at " + registry + " is not a registry.");
  }
}
