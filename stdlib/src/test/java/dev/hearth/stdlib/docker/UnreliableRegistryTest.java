package dev.hearth.stdlib.docker;

import static dev.hearth.stdlib.docker.ScriptedRegistries.LOGIN;
import static dev.hearth.stdlib.docker.ScriptedRegistries.MANIFEST;
import static dev.hearth.stdlib.docker.ScriptedRegistries.broken;
import static dev.hearth.stdlib.docker.ScriptedRegistries.js;
import static dev.hearth.stdlib.docker.ScriptedRegistries.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpHandler;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.stdlib.UserHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registries that break off, are busy, page in their own way, and whose tokens end soon. */
class UnreliableRegistryTest {
  private static final byte[] CONFIG =
      ("{\"os\":\"linux\",\"architecture\":\"amd64\",\"a\":\"" + "a".repeat(200_000) + "\"}")
          .getBytes(StandardCharsets.UTF_8);

  private final Map<String, byte[]> put = new ConcurrentHashMap<>();
  private ScriptedRegistries registries;

  @BeforeEach
  void home(@TempDir Path folder) {
    registries = new ScriptedRegistries(new UserHome(folder, "docker"));
  }

  @AfterEach
  void stop() throws IOException {
    registries.close();
  }

  /** Takes what is put into it. */
  private HttpResponse taking(HttpRequest request) {
    switch (request.method()) {
      case "POST" -> {
        return HttpResponse.of(202).header("Location", "/v2/a/blobs/uploads/1?state=x");
      }
      case "PUT" -> {
        put.put(request.path(), request.body().bytes());
        return HttpResponse.of(201);
      }
      default -> {
        return HttpResponse.of(404);
      }
    }
  }

  private String copy(String source, String target) {
    return registries.value(
        "(await %s.image('a:1').copyTo(%s.image('a:1'))).copied"
            .formatted(js(source, ""), js(target, LOGIN)),
        source,
        target);
  }

  @Test
  void a_layer_that_breaks_off_is_taken_up_where_it_broke() {
    var ranges = new ConcurrentLinkedQueue<String>();
    var source =
        registries.start(
            request -> {
              if (!request.path().contains("/blobs/")) {
                return HttpResponse.of(200, MANIFEST, manifest(CONFIG));
              }
              var range = request.headers().first("Range").orElse("");
              ranges.add(range);
              int from = range.isEmpty() ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
              int left = CONFIG.length - from;
              return HttpResponse.of(from == 0 ? 200 : 206)
                  .body(
                      from < 150_000
                          ? broken(CONFIG, from, Math.min(left, 80_000), left)
                          : HttpBody.of(Arrays.copyOfRange(CONFIG, from, CONFIG.length)));
            });

    assertThat(copy(source, registries.start(this::taking))).isEqualTo("1");
    assertThat(ranges).hasSizeGreaterThan(2).first().isEqualTo("");
    assertThat(put.get("/v2/a/blobs/uploads/1")).isEqualTo(CONFIG);
  }

  @Test
  void a_registry_that_says_when_to_ask_again_is_asked_then() {
    var asked = new AtomicInteger();
    var busy =
        registries.start(
            request ->
                asked.incrementAndGet() < 3
                    ? HttpResponse.of(429).header("Retry-After", "0")
                    : HttpResponse.of(200, "application/json", "{\"tags\":[\"1\"]}"));
    var tags = "await " + js(busy, "") + ".repository('a').tags.list()";

    assertThat(registries.value(tags, busy)).isEqualTo("[\"1\"]");
    assertThat(asked).hasValue(3);
  }

  @Test
  void a_registry_that_is_busy_for_long_is_an_error_that_says_how_long() {
    var busy = registries.start(request -> HttpResponse.of(429).header("Retry-After", "21600"));
    var tags = "await " + js(busy, "") + ".repository('a').tags.list()";

    assertThat(registries.error(tags, busy))
        .startsWith(
            "error: The registry "
                + busy
                + " takes no more requests for now, as `GET /v2/a/tags/list`.")
        .contains("21600");
  }

  @Test
  void the_next_page_may_be_named_by_its_query_alone() {
    var paged =
        registries.start(
            request ->
                request.query().contains("last=1")
                    ? HttpResponse.of(200, "application/json", "{\"tags\":[\"2\"]}")
                    : HttpResponse.of(200, "application/json", "{\"tags\":[\"1\"]}")
                        .header("Link", "</help>; rel=\"help\"")
                        .header("Link", "<?last=1&n=1>; rel=\"next\""));

    assertThat(registries.value("await " + js(paged, "") + ".repository('a').tags.list()", paged))
        .isEqualTo("[\"1\",\"2\"]");
  }

  /** Wants a token with each request, and takes each only once. */
  private static HttpHandler withTokens(String tokens, Queue<String> good, HttpHandler answers) {
    return request -> {
      var shown = request.headers().first("Authorization").orElse("").replace("Bearer ", "");
      return good.remove(shown)
          ? answers.handle(request)
          : HttpResponse.of(401)
              .header("WWW-Authenticate", "Bearer realm=\"http://" + tokens + "/\",service=\"x\"");
    };
  }

  @Test
  void a_token_that_ends_is_replaced_before_a_layer_is_sent_with_it() {
    var good = new ConcurrentLinkedQueue<String>();
    var made = new AtomicInteger();
    var tokens =
        registries.start(
            request -> {
              var token = "token-" + made.incrementAndGet();
              good.add(token);
              return HttpResponse.of(
                  200, "application/json", "{\"token\":\"" + token + "\",\"expires_in\":0}");
            });
    var source =
        registries.start(
            request ->
                request.path().contains("/blobs/")
                    ? HttpResponse.of(
                        200, "application/json", new String(CONFIG, StandardCharsets.UTF_8))
                    : HttpResponse.of(200, MANIFEST, manifest(CONFIG)));
    var target = registries.start(withTokens(tokens, good, this::taking));

    assertThat(
            registries.value(
                "(await %s.image('a:1').copyTo(%s.image('a:1'))).copied"
                    .formatted(js(source, ""), js(target, LOGIN)),
                source,
                target,
                tokens))
        .isEqualTo("1");
    assertThat(put).hasSize(2);
  }
}
