package dev.hearth.stdlib.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.testing.RecipeTester;
import dev.hearth.stdlib.log.LogBinding;
import dev.hearth.stdlib.sink.Sink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets in recipes, some of which want to show or to forge one. */
class SecretTest {
  private static final String VALUE = "Tr0ub4dor \"&\" 3\n";

  private final Sink sink = new Sink();
  private final List<JsonNode> received = sink.received();
  private final Path folder;
  private final RecipeTester tester;

  SecretTest(@TempDir Path folder) {
    this.folder = folder;
    this.tester =
        RecipeTester.with(
            folder.resolve("home"), List.of(new SecretBinding(), new LogBinding(), sink));
  }

  @BeforeEach
  void storeIt() {
    tester.hearth().surroundings().secrets().put("token", Secret.of(VALUE));
  }

  private RunResult run(String body) throws Exception {
    return run(body, request -> request.allow("secret=token"));
  }

  private RunResult run(String body, UnaryOperator<RunRequest> how) throws Exception {
    var recipe =
        """
        import { secret } from 'hearth:secret';
        import { take } from 'hearth:sink';
        export const recipe = { permissions: { secret: ['token'] } };
        export default async ({ step, log, params }) => {
          const token = await secret('token');
          %s
        };
        """
            .formatted(body);
    return tester.run(Files.writeString(folder.resolve("recipe.js"), recipe), how);
  }

  private static String value(RunResult result) {
    assertThat(result.error()).isNull();
    return Objects.requireNonNull(result.value()).toString();
  }

  private String journal() throws Exception {
    try (var files = Files.walk(folder.resolve("home/state"))) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .map(SecretTest::text)
          .collect(Collectors.joining());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void an_operation_gets_the_value_wherever_it_stands() throws Exception {
    var result =
        run(
            """
            await take(token);
            await take({ deep: [token, { token }], mask: '***', other: 'x' });
            """);
    assertThat(result.error()).isNull();
    assertThat(received.getFirst().asText()).isEqualTo(VALUE);
    assertThat(received.getLast().path("deep").path(0).asText()).isEqualTo(VALUE);
    assertThat(received.getLast().path("deep").path(1).path("token").asText()).isEqualTo(VALUE);
    assertThat(received.getLast().path("mask").asText()).isEqualTo("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "String(token)",
        "`${token}`",
        "'' + token",
        "token.toString()",
        "token.toLocaleString()",
        "token.valueOf()",
        "JSON.stringify(token)",
        "JSON.stringify({ a: [token] })",
        "{ ...token, all: Object.getOwnPropertyNames(token), own: Reflect.ownKeys(token) }",
        "Object.entries(token)",
        "[...Object.keys(Object.getPrototypeOf(token))]",
        "new Error(token).message + new Error(token).stack",
        "encodeURIComponent(token)",
        "[token].join()",
        "globalThis.structuredClone?.({ token }) ?? 'not here'",
        "new Map([[token, token]])",
        "{ [token]: token }",
        "token",
      })
  void nothing_that_a_recipe_does_with_it_shows_it(String expression) throws Exception {
    var result =
        run("const shown = %s; console.log(shown, token); return shown;".formatted(expression));
    assertThat(value(result)).doesNotContain("Tr0ub4dor", "secret-");
    var printed =
        tester.events().stream()
            .filter(RunEvent.Printed.class::isInstance)
            .map(Object::toString)
            .collect(Collectors.joining());
    assertThat(printed).contains("***").doesNotContain("Tr0ub4dor", "secret-");
    assertThat(journal()).doesNotContain("Tr0ub4dor", "secret-");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token.value = 1",
        "Object.defineProperty(token, 'then', { value: 1 })",
        "Object.getPrototypeOf(token).toJSON = () => 1",
        "new token.constructor()",
        "new (class extends token.constructor {})()",
        "Reflect.construct(token.constructor, [])",
        "Object.create(token).reveal()",
        "new Proxy(token, {}).reveal()",
        "token.reveal.call({})",
        "Object.setPrototypeOf({}, Object.getPrototypeOf(token)).reveal()",
      })
  void a_secret_cannot_be_changed_and_none_can_be_made(String expression) throws Exception {
    assertThat(
            value(
                run(
                    "try { %s; return 'did'; } catch (e) { return e.name; }"
                        .formatted(expression))))
        .isEqualTo("\"TypeError\"");
  }

  @Test
  void what_only_looks_like_a_secret_is_data_to_an_operation() throws Exception {
    var result =
        run(
            """
            const fake = Object.setPrototypeOf({}, Object.getPrototypeOf(token));
            const proxy = new Proxy(token, {});
            await take([fake, proxy, '***', { 'hearth:secret': 'x' }]);
            """);
    assertThat(result.error()).isNull();
    assertThat(received.getFirst())
        .hasToString("[\"***\",\"***\",\"***\",{\"hearth:secret\":\"x\"}]");
  }

  @Test
  void no_trick_of_a_recipe_sees_what_goes_to_java() throws Exception {
    var result =
        run(
            """
            const seen = [];
            const spy = (what) => seen.push(JSON.stringify(what) + String(what));
            Object.defineProperty(Object.prototype, 'toJSON', {
              configurable: true, value() { spy(this.token ?? token); return this; },
            });
            const original = JSON.stringify;
            JSON.stringify = (...all) => { const text = original(...all); seen.push(text); return text; };
            const get = WeakMap.prototype.get;
            WeakMap.prototype.get = function (key) { const got = get.call(this, key); seen.push(String(got)); return got; };
            String.prototype.includes = function () { seen.push(String(this)); return false; };
            try {
              await take({ token, get late() { spy(token); return token; }, toJSON() { spy(this.token); return this; } });
              return seen;
            } finally {
              delete Object.prototype.toJSON;
              WeakMap.prototype.get = get;
              JSON.stringify = original;
            }
            """);
    assertThat(value(result)).doesNotContain("Tr0ub4dor", "secret-").contains("***");
    assertThat(received.getFirst().path("token").asText()).isEqualTo(VALUE);
    assertThat(received.getFirst().path("late").asText()).isEqualTo(VALUE);
  }

  @Test
  void what_is_revealed_is_masked_in_all_that_is_shown_and_kept() throws Exception {
    var result =
        run(
            """
            const plain = token.reveal();
            if (plain.length !== 16) throw new Error('wrong');
            console.log(plain);
            log.info(plain, { plain });
            await step('s', () => ({ plain, token }));
            return [plain, btoa === undefined ? '' : encodeURIComponent(plain)];
            """
                .replace("btoa === undefined ? '' : ", ""));
    assertThat(value(result)).isEqualTo("[\"***\",\"***\"]");
    assertThat(journal()).doesNotContain("Tr0ub4dor");
  }

  @Test
  void without_a_grant_it_is_refused_and_other_names_are_not_told() throws Exception {
    tester.hearth().surroundings().secrets().put("tokem", Secret.of("other"));
    var undeclared =
        tester.run(
            Files.writeString(
                folder.resolve("recipe.js"),
                """
                import { secret } from 'hearth:secret';
                export default () => secret('token');
                """));
    assertThat(code(undeclared)).isEqualTo("permission.denied");
    var missing =
        tester.run(
            Files.writeString(
                folder.resolve("recipe.js"),
                """
                import { secret } from 'hearth:secret';
                export const recipe = { permissions: { secret: ['toke'] } };
                export default () => secret('toke');
                """),
            request -> request.allow("secret=toke"));
    assertThat(tester.error())
        .isEqualTo(
            """
            error: There is no secret `toke`.                              secret.not-stored
              at recipe.js:3:22
                 3 | export default () => secret('toke');
                   |                      ^
              hint: Store it with `hearth secrets set toke`, then run again.
            """);
    assertThat(code(missing)).isEqualTo("secret.not-stored");
  }

  private static @Nullable String code(RunResult result) {
    return result.error() == null ? null : result.error().code();
  }

  @Test
  void a_simulated_run_never_gets_the_real_one() throws Exception {
    assertThat(value(run("return token.reveal().length", RunRequest::simulated))).isEqualTo("24");
    var result = run("await take(token); return 1", RunRequest::simulated);
    assertThat(value(result)).isEqualTo("1");
    assertThat(received.getFirst().asText()).isEqualTo("simulated value of token");
  }

  @Test
  void a_secret_parameter_is_a_secret() throws Exception {
    var recipe =
        """
        import { take } from 'hearth:sink';
        export const recipe = { params: {
          password: { type: 'string', secret: true, required: true },
          plain: { type: 'string', default: 'x' },
        } };
        export default async ({ params: { password, plain } }) => {
          await take({ password, plain });
          return [password, typeof password, password.reveal().length, plain];
        };
        """;
    var file = Files.writeString(folder.resolve("recipe.js"), recipe);
    var result =
        tester.run(file, request -> request.param("password", Secret.of("hunter2-hunter2")));
    assertThat(value(result)).isEqualTo("[\"***\",\"object\",15,\"x\"]");
    assertThat(received.getFirst().path("password").asText()).isEqualTo("hunter2-hunter2");
    assertThat(journal()).doesNotContain("hunter2");
  }

  @Test
  void a_failing_undo_and_an_uncaught_error_show_nothing() throws Exception {
    var result =
        run(
            """
            await step('s', () => token, { undo: (t) => { throw new Error(`${t} ${t.reveal()}`); } });
            throw Object.assign(new Error(token.reveal()), { token, plain: token.reveal() });
            """,
            request -> request.allow("secret=token").onError(RunRequest.OnError.UNDO));
    assertThat(result.error()).isNotNull();
    assertThat(tester.error() + tester.events() + journal()).doesNotContain("Tr0ub4dor", "secret-");
  }
}
