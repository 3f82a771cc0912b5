package dev.hearth.stdlib.docker;

import static dev.hearth.stdlib.docker.ScriptedRegistries.LOGIN;
import static dev.hearth.stdlib.docker.ScriptedRegistries.MANIFEST;
import static dev.hearth.stdlib.docker.ScriptedRegistries.js;
import static dev.hearth.stdlib.docker.ScriptedRegistries.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.http.HttpHandler;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.stdlib.UserHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
  private final Queue<HttpRequest> seen = new ConcurrentLinkedQueue<>();
  private ScriptedRegistries registries;

  @BeforeEach
  void home(@TempDir Path folder) {
    registries = new ScriptedRegistries(new UserHome(folder, "docker"));
  }

  @AfterEach
  void stop() throws IOException {
    registries.close();
  }

  private String registry(HttpHandler answers) {
    return registries.start(answers);
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
    return registries.error(expression, hosts);
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
    var config = "{}".getBytes(StandardCharsets.UTF_8);
    var source = registry(request -> HttpResponse.of(200, MANIFEST, manifest(config)));
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

  @Test
  void a_layer_that_is_elsewhere_is_fetched_without_the_login_and_only_where_the_recipe_may() {
    var thief = thief();
    var config = "{}".getBytes(StandardCharsets.UTF_8);
    var source =
        registry(
            request -> {
              if (request.headers().first("Authorization").isEmpty()) {
                return HttpResponse.of(401).header("WWW-Authenticate", "Basic realm=\"x\"");
              }
              return request.path().contains("/blobs/")
                  ? HttpResponse.of(307).header("Location", "http://" + thief + "/blob")
                  : HttpResponse.of(200, MANIFEST, manifest(config));
            });
    var inspection = "await " + js(source, LOGIN) + ".image('a:1').inspect()";

    assertThat(run(inspection, source)).contains("permission.denied").contains(thief);
    assertThat(seen).isEmpty();
    assertThat(registries.value("(" + inspection + ").platforms", source, thief))
        .isEqualTo("[\"unknown/unknown\"]");
    assertThat(seen).hasSize(1);
    assertThat(seen.element().headers().first("Authorization")).isEmpty();
  }

  @Test
  void a_manifest_that_has_no_end_is_not_taken() {
    var registry =
        registry(request -> HttpResponse.of(200, MANIFEST, "{\"a\":\"" + "a".repeat(5 << 20)));

    assertThat(run("await " + js(registry, "") + ".image('a:1').inspect()", registry))
        .contains("http.body-too-large");
  }

  @Test
  void a_manifest_of_before_digests_is_refused() {
    var old = "{\"schemaVersion\":1,\"name\":\"a\",\"fsLayers\":[],\"history\":[]}";
    var registry =
        registry(
            request ->
                HttpResponse.of(
                    200, "application/vnd.docker.distribution.manifest.v1+prettyjws", old));

    assertThat(run("await " + js(registry, "") + ".image('a:1').inspect()", registry))
        .startsWith("error: `a:1` is of the kind `Docker's schema 1`, which is not read.");
  }

  @Test
  void a_layer_that_is_not_the_one_of_its_digest_is_not_finished_at_the_target() {
    var config = "{}".getBytes(StandardCharsets.UTF_8);
    var source =
        registry(
            request ->
                request.path().contains("/blobs/")
                    ? HttpResponse.of(200, "application/octet-stream", "[]")
                    : HttpResponse.of(200, MANIFEST, manifest(config)));
    var target =
        registry(
            request -> {
              if (request.method().equals("PUT")) {
                var _ = request.body().bytes();
                seen.add(request);
              }
              return request.method().equals("POST")
                  ? HttpResponse.of(202).header("Location", "/v2/a/blobs/uploads/1")
                  : HttpResponse.of(404);
            });

    assertThat(
            run(
                "await "
                    + js(source, "")
                    + ".image('a:1').copyTo("
                    + js(target, "")
                    + ".image('a:1'))",
                source,
                target))
        .contains("docker.registry-mismatch")
        .startsWith("error: The registry " + source + " sent something else");
    assertThat(seen).isEmpty();
  }
}
