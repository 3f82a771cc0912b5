package dev.hearth.stdlib.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.HttpService;
import dev.hearth.runtime.testing.RecipeTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets in requests: the server gets the value, and nobody ever gets the mask for it. */
class SecretsSentTest {
  private static final String VALUE = "Tr0ub4dor&3";

  private final Path folder;
  private final RecipeTester tester;
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final StreamServer server =
      StreamServer.start(
          new SystemNet().listen("127.0.0.1", 0, null),
          new HttpService(this::answer),
          (peer, e) -> {});

  SecretsSentTest(@TempDir Path folder) {
    this.folder = folder;
    this.tester = RecipeTester.in(folder.resolve("home"));
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private HttpResponse answer(HttpRequest request) {
    var authorization = request.headers().first("Authorization").orElse("-");
    seen.add(request.target() + " " + authorization + " " + request.body().text());
    return HttpResponse.of(200);
  }

  private RunResult run(String body) throws Exception {
    var recipe =
        """
        import { http } from 'hearth:http';
        export const recipe = {
          params: { token: { type: 'string', secret: true } },
          permissions: { net: ['%s'] },
        };
        const at = 'http://%s';
        export default async ({ params: { token } }) => { %s };
        """
            .formatted(server.address(), server.address(), body);
    return tester.run(
        Files.writeString(folder.resolve("recipe.js"), recipe),
        request -> request.param("token", VALUE).allow("net=" + server.address()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "fetch(at, { headers: { authorization: token } })    | / Tr0ub4dor&3 ",
        "fetch(at, { headers: [['authorization', token]] })  | / Tr0ub4dor&3 ",
        "fetch(at, { method: 'POST', body: token })          | / - Tr0ub4dor&3",
        "fetch(at, { method: 'POST', body: new URLSearchParams({ token }) }) | / - token=Tr0ub4dor%263",
        "http.get(at, { headers: { authorization: token } }) | / Tr0ub4dor&3 ",
        "http.get(at, { headers: { authorization: `Bearer ${token.reveal()}` } }) | / Bearer Tr0ub4dor&3 ",
        "http.get(at, { query: { token } })                  | /?token=Tr0ub4dor%263 - ",
        "http.post(at, { json: { deep: [{ token }] } })      | \"/ - {\"\"deep\"\":[{\"\"token\"\":\"\"Tr0ub4dor&3\"\"}]}\"",
      })
  void a_secret_is_sent_as_its_value(String sending, String arrives) throws Exception {
    var result = run("await " + sending + ";");

    assertThat(result.error()).isNull();
    assertThat(seen).singleElement().asString().isEqualToIgnoringWhitespace(arrives);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "await fetch(at, { headers: { authorization: `Bearer ${token}` } });",
        "await http.get(at, { headers: { authorization: `Bearer ${token}` } });",
      })
  void a_text_made_of_a_secret_is_not_sent_in_its_place(String sending) throws Exception {
    var result = run(sending);

    assertThat(requireNonNull(result.error()).message())
        .isEqualTo(
            "TypeError: Headers: 'authorization' would send ***, the mask of a Secret."
                + " Write the Secret alone, or `${token.reveal()}` in the text.");
    assertThat(seen).isEmpty();
  }

  @Test
  void what_was_sent_is_shown_nowhere() throws Exception {
    var result =
        run(
            """
            const headers = new Headers({ authorization: token });
            console.log(headers, headers.get('authorization'));
            await fetch(at, { headers });
            throw new Error(`as ${headers.get('authorization')}`);
            """);

    assertThat(requireNonNull(result.error()).message()).doesNotContain(VALUE).contains("as ***");
    try (var files = Files.walk(folder.resolve("home"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContain(VALUE);
      }
    }
  }
}
