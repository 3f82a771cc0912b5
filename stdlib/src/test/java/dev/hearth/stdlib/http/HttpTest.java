package dev.hearth.stdlib.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.HttpService;
import dev.hearth.runtime.testing.RecipeTester;
import dev.hearth.stdlib.SeenSockets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The client of {@code hearth:http} and {@code fetch}, against a real server on loopback that may
 * be hostile.
 */
@Isolated
class HttpTest {
  private final Path folder;
  private final RecipeTester tester;
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final StreamServer other = serve(request -> HttpResponse.of(200, "text/plain", "secret"));
  private final StreamServer server = serve(this::answer);

  HttpTest(@TempDir Path folder) {
    this.folder = folder;
    this.tester = RecipeTester.in(folder.resolve("home"));
  }

  private static StreamServer serve(dev.hearth.runtime.effect.http.HttpHandler handler) {
    return StreamServer.start(
        new SystemNet().listen("127.0.0.1", 0, null), new HttpService(handler), (peer, e) -> {});
  }

  @AfterEach
  void close() throws IOException {
    over.countDown();
    server.close();
    other.close();
  }

  private HttpResponse answer(HttpRequest request) throws IOException {
    seen.add(request.method() + " " + request.target());
    long times = seen.stream().filter((request.method() + " " + request.target())::equals).count();
    return switch (request.path()) {
      case "/flaky" ->
          times < 3 ? HttpResponse.of(503) : HttpResponse.of(200, "text/plain", "at last");
      case "/patient" ->
          times < 2 ? HttpResponse.of(429).header("Retry-After", "0") : HttpResponse.of(200);
      case "/far" -> HttpResponse.of(503).header("Retry-After", "86400");
      case "/bad" -> HttpResponse.of(422, "application/json", "{\"why\":\"no\"}");
      case "/echo" ->
          HttpResponse.of(200, "application/json", request.body().text())
              .header("X-Type", request.headers().first("Content-Type").orElse(""))
              .header("X-Auth", request.headers().first("Authorization").orElse(""));
      case "/file" -> HttpResponse.of(200).body(HttpBody.of("content"));
      case "/never" -> {
        waitForTheEnd();
        yield HttpResponse.of(200);
      }
      case "/endless" -> HttpResponse.of(200).body(HttpBody.of(endless(), -1));
      case "/bomb" -> bomb();
      case "/circle" -> HttpResponse.of(302).header("Location", "/circle");
      case "/away" -> HttpResponse.of(302).header("Location", "http://" + other.address() + "/");
      case "/headers" -> HttpResponse.of(200).header("X-Long", "x".repeat(10_000_000));
      default -> HttpResponse.of(404);
    };
  }

  private void waitForTheEnd() throws IOException {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static InputStream endless() {
    return new InputStream() {
      @Override
      public int read() {
        return 'x';
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        java.util.Arrays.fill(target, offset, offset + length, (byte) 'x');
        return length;
      }
    };
  }

  /** A quarter of a gigabyte in a quarter of a megabyte. */
  private static HttpResponse bomb() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(packed)) {
      var zeros = new byte[1024 * 1024];
      for (int i = 0; i < 256; i++) {
        zip.write(zeros);
      }
    }
    return HttpResponse.of(200)
        .header("Content-Encoding", "gzip")
        .body(HttpBody.of(packed.toByteArray()));
  }

  private RunResult run(String body) {
    var at = "http://" + server.address();
    try {
      var recipe =
          """
          import { http } from 'hearth:http';
          export const recipe = { permissions: { net: ['%s'], write: ['%s'] } };
          const at = '%s';
          export default async () => { %s };
          """
              .formatted(server.address(), folder, at, body);
      return tester.run(
          Files.writeString(folder.resolve("recipe.js"), recipe),
          request -> request.allow("net=" + server.address()).allow("write=" + folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String value(String body) {
    var result = run(body);
    assertThat(result.error()).isNull();
    return requireNonNull(result.value()).toString();
  }

  private String code(String body) {
    return requireNonNull(run(body).error()).code();
  }

  @Test
  void what_passes_is_tried_again() {
    assertThat(value("return http.get(`${at}/flaky`, { retry: { backoff: '1ms' } }).text();"))
        .isEqualTo("\"at last\"");
    assertThat(seen).hasSize(3);
  }

  @Test
  void a_post_is_not_tried_again_unless_told() {
    assertThat(code("return http.post(`${at}/flaky`);")).isEqualTo("http.status");
    assertThat(seen).hasSize(1);
    assertThat(
            value(
                "return http.post(`${at}/flaky`, { retry: { limit: 3, methods: ['post'], backoff:"
                    + " '1ms' } }).text();"))
        .isEqualTo("\"at last\"");
  }

  @Test
  void retry_after_is_obeyed_and_too_long_a_wait_is_not_begun() {
    assertThat(value("return (await http.get(`${at}/patient`)).status;")).isEqualTo("200");
    assertThat(code("return http.get(`${at}/far`);")).isEqualTo("http.status");
    assertThat(seen).containsExactly("GET /patient", "GET /patient", "GET /far");
  }

  @Test
  void a_bad_status_is_an_error_with_what_the_server_says() {
    var error = requireNonNull(run("return http.get(`${at}/bad?token=x`);").error());
    assertThat(error.message())
        .isEqualTo(
            "GET http://%s/bad was answered with 422 Unprocessable Content."
                .formatted(server.address()));
    assertThat(error.details())
        .containsEntry("status", 422)
        .containsEntry("body", "{\"why\":\"no\"}");
    assertThat(requireNonNull(error.location()).line()).isEqualTo(4);
    assertThat(value("return (await http.get(`${at}/bad`, { anyStatus: true })).status;"))
        .isEqualTo("422");
  }

  @Test
  void json_defaults_and_queries() {
    assertThat(
            value(
                """
                const mine = http({ baseUrl: at, headers: { authorization: 'Bearer x' } });
                const answer = await mine.post('/echo', { json: { a: [1] }, query: { q: ['b c', 2], no: undefined } });
                return [await answer.json(), answer.headers.get('x-type'), answer.headers.get('x-auth')];
                """))
        .isEqualTo("[{\"a\":[1]},\"application/json\",\"Bearer x\"]");
    assertThat(seen).containsExactly("POST /echo?q=b+c&q=2");
  }

  @Test
  void an_attempt_and_the_whole_have_limits() {
    assertThat(code("return http.get(`${at}/never`, { timeout: '30ms', retry: 1 });"))
        .isEqualTo("http.time-over");
    assertThat(seen).hasSize(2);
    assertThat(code("return http.get(`${at}/never`, { totalTimeout: '50ms' });"))
        .isEqualTo("http.time-over");
  }

  @Test
  void a_signal_ends_it_with_its_reason() {
    assertThat(
            value(
                """
                const controller = new AbortController();
                setTimeout(() => controller.abort('mine'), 20);
                return http.get(`${at}/never`, { signal: controller.signal }).catch((why) => why);
                """))
        .isEqualTo("\"mine\"");
  }

  @Test
  void an_option_that_is_none_is_refused_by_name() {
    var error = requireNonNull(run("return http.get(at, { timeOut: '1s' });").error());
    assertThat(error.code()).isEqualTo("recipe.op-argument");
    assertThat(error.message()).contains("timeOut");
    assertThat(code("return http.get(at, { timeout: 5 });")).isEqualTo("recipe.op-argument");
    assertThat(code("return http.get('/x');")).isEqualTo("http.option-wrong");
    assertThat(seen).isEmpty();
  }

  @Test
  void a_download_is_there_right_or_not_at_all() throws Exception {
    var good = "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73";
    var to = folder.resolve("file.bin");
    assertThat(
            value(
                "const { sizeBytes, checksum } = await http.download(`${at}/file`, '%s', { checksum: 'sha256:%s' }); return [sizeBytes, checksum];"
                    .formatted(to, good)))
        .isEqualTo("[7,\"sha256:" + good + "\"]");
    assertThat(to).hasContent("content");
    Files.delete(to);
    assertThat(
            code(
                "return http.download(`${at}/file`, '%s', { checksum: 'sha256:%s' });"
                    .formatted(to, good.replace('e', 'f'))))
        .isEqualTo("http.checksum-wrong");
    assertThat(code("return http.download(`${at}/bad`, '%s');".formatted(to)))
        .isEqualTo("http.status");
    assertThat(to).doesNotExist();
  }

  @Test
  void a_redirect_to_where_nothing_was_granted_is_refused() {
    assertThat(code("return http.get(`${at}/away`).text();")).isEqualTo("permission.denied");
    assertThat(code("return (await fetch(`${at}/away`)).text();")).isEqualTo("permission.denied");
    assertThat(seen).containsExactly("GET /away", "GET /away");
  }

  @Test
  void a_refused_fetch_is_a_type_error_that_says_more() {
    assertThat(
            value(
                "try { await fetch('http://127.0.0.1:9/'); } catch (e) { return [e instanceof"
                    + " TypeError, e.name, e.code, typeof e.hint]; }"))
        .isEqualTo("[true,\"TypeError\",\"permission.denied\",\"string\"]");
  }

  @Test
  void hostile_answers_end_at_a_limit() {
    assertThat(code("return (await http.get(`${at}/endless`)).text();"))
        .isEqualTo("limit.op-result-too-large");
    assertThat(code("return (await http.get(`${at}/bomb`)).bytes();"))
        .isEqualTo("limit.op-result-too-large");
    assertThat(code("return http.get(`${at}/circle`, { retry: false });"))
        .isEqualTo("http.too-many-redirects");
    assertThat(code("return http.get(`${at}/headers`, { retry: false });"))
        .isEqualTo("http.connection-lost");
  }

  @Test
  void what_a_recipe_does_to_prototypes_does_not_change_fetch() {
    assertThat(
            value(
                """
                const bad = () => { throw new Error('tampered'); };
                for (const type of [Array, String, Map, Set, WeakMap, RegExp]) {
                  for (const name of Object.getOwnPropertyNames(type.prototype)) {
                    if (name !== 'constructor' && typeof Object.getOwnPropertyDescriptor(type.prototype, name).value === 'function' && name !== 'toString' && name !== 'valueOf') {
                      try { type.prototype[name] = bad; } catch {}
                    }
                  }
                }
                Object.prototype.then = undefined;
                const url = new URL('/file?x=1', at);
                const response = await fetch(url, { method: 'POST', body: new URLSearchParams({ a: 'b' }), headers: { x: 'y' } });
                return (await response.text()) + url.searchParams.get('x') + new TextDecoder().decode(new TextEncoder().encode('ä'));
                """))
        .isEqualTo("\"content1ä\"");
  }

  @Test
  void every_peer_that_the_jvm_sees_is_on_the_record_of_the_gate() {
    try (var looking = new SeenSockets()) {
      value(
          "await http.get(`${at}/file`).text(); await (await fetch(`${at}/file`)).text();"
              + " return http.download(`${at}/file`, '%s/file');".formatted(folder));
      var end = looking.end();

      assertThat(end.peers()).containsExactly(server.address());
      assertThat(tester.events())
          .filteredOn(RunEvent.Audited.class::isInstance)
          .extracting(event -> ((RunEvent.Audited) event).permission())
          .contains("net=" + server.address());
    }
  }
}
