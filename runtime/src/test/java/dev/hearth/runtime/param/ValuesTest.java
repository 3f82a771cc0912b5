package dev.hearth.runtime.param;

import static dev.hearth.runtime.param.Declared.params;
import static dev.hearth.runtime.param.Declared.refusals;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.module.FakeFiles;
import dev.hearth.runtime.secret.Secret;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From what was given to what the recipe gets. */
class ValuesTest {
  private static ParameterValues flags(ParameterSchema schema, String... flags) {
    return schema.settle(input(schema, flags));
  }

  /** Each flag is {@code name=text}. */
  private static ParameterInput input(ParameterSchema schema, String... flags) {
    var input = ParameterInput.none();
    for (var flag : flags) {
      var parts = flag.split("=", 2);
      input = input.flag(schema.find(parts[0]).orElseThrow(), parts[1]);
    }
    return input;
  }

  private static String one(String declaration, String... texts) {
    var schema = params("a: " + declaration);
    var flags = new ArrayList<String>();
    for (var text : texts) {
      flags.add("a=" + text);
    }
    return String.valueOf(flags(schema, flags.toArray(String[]::new)).asMap().get("a"));
  }

  private static String refusal(String declaration, String text) {
    var schema = params("a: " + declaration);
    return String.join("\n", refusals(() -> flags(schema, "a=" + text)));
  }

  private static JsonNode text(String text) {
    return JsonNodeFactory.instance.textNode(text);
  }

  @Test
  void a_flag_wins_over_the_caller_the_file_the_environment_and_the_default() {
    var schema = params("a: { default: 'default' }");
    var a = schema.find("a").orElseThrow();
    var file =
        ParameterFile.read(Path.of("p.json"), new FakeFiles().with("p.json", "{\"a\": \"file\"}"));
    var variables = Map.of("HEARTH_PARAM_A", "environment");
    var environment =
        ParameterInput.none().environment(name -> Optional.ofNullable(variables.get(name)));

    assertThat(schema.settle(ParameterInput.none()).asMap()).containsEntry("a", text("default"));
    assertThat(schema.settle(environment).asMap()).containsEntry("a", text("environment"));
    var filed = environment.file(file);
    assertThat(schema.settle(filed).asMap()).containsEntry("a", text("file"));
    var called = filed.caller(Map.of("a", text("caller")));
    assertThat(schema.settle(called).asMap()).containsEntry("a", text("caller"));
    var flagged = called.flag(a, "flag");
    assertThat(schema.settle(flagged).asMap()).containsEntry("a", text("flag"));
    assertThat(schema.settle(flagged).origin("a").orElseThrow()).hasToString("the flag `--a`");
    assertThat(schema.settle(environment).origin("a").orElseThrow())
        .hasToString("the variable `HEARTH_PARAM_A`");
  }

  @Test
  void an_optional_parameter_without_a_value_is_absent() {
    assertThat(params("a: { type: 'string' }").settle(ParameterInput.none()).asMap()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{ type: 'string' } | 5 | \"\"\"5\"\"\"",
        "{ type: 'integer' } | 5 | 5",
        "{ type: 'integer' } | -5 | -5",
        "{ type: 'integer' } | 5.0 | 5",
        "{ type: 'integer' } | 1e3 | 1000",
        "{ type: 'number' } | 2.50 | 2.5",
        "{ type: 'boolean' } | yes | true",
        "{ type: 'boolean' } | OFF | false",
        "{ type: 'integer', unit: 'MiB' } | 512 | 512",
        "{ type: 'integer', unit: 'MiB' } | 2GiB | 2048",
        "{ type: 'integer', unit: 'MiB' } | 0.5 GiB | 512",
        "{ type: 'integer', unit: 'MiB' } | 1048576B | 1",
        "{ type: 'integer', unit: 'GB' } | 2TB | 2000",
        "{ type: 'number', unit: 'MiB' } | 512KiB | 0.5",
        "{ type: 'integer', unit: 's' } | 5m | 300",
        "{ type: 'integer', unit: 'ms' } | 1.5s | 1500",
        "{ type: 'integer', unit: 'vCPU' } | 4 vCPU | 4",
        "{ type: 'array', items: { type: 'string' } } | a, b,c | [a,b,c]",
        "{ type: 'array', items: { type: 'integer' } } | 1,2 | [1,2]",
        "{ type: 'array', items: { type: 'integer' } } | [1, 2] | [1,2]",
        "{ type: 'array', items: { type: 'integer', unit: 'MiB' } } | 1GiB,5 | [1024,5]",
        "{ type: 'array' } | \"\" | []",
        "{ enum: [1, 2, 3] } | 2 | 2",
        "{ const: 'x' } | x | \"\"\"x\"\"\"",
      })
  void text_becomes_what_the_schema_asks_for(String declaration, String text, String expected) {
    assertThat(one(declaration, text).replace("\"", "")).isEqualTo(expected.replace("\"", ""));
  }

  @Test
  void lists_are_given_by_repeated_flags_too() {
    assertThat(one("{ type: 'array', items: { type: 'string' } }", "a,b", "c", "[\"d,e\"]"))
        .isEqualTo("[\"a\",\"b\",\"c\",\"d,e\"]");
  }

  @Test
  void objects_are_given_as_json() {
    var declaration =
        """
        { type: 'object', properties: {
            size: { type: 'integer', unit: 'GiB' },
            bus: { type: 'string', default: 'scsi' },
          }, required: ['size'], additionalProperties: false }\
        """;

    assertThat(one(declaration, "{\"size\": \"1TiB\"}"))
        .isEqualTo("{\"size\":1024,\"bus\":\"scsi\"}");
    assertThat(refusal(declaration, "{\"bus\": 1, \"sise\": 2}").lines())
        .containsExactly(
            "The parameter `a.bus` must be a text, but the flag `--a` says `1`. Pass another"
                + " `--a`.",
            "The parameter `a` must have no property `sise`, but the flag `--a` says"
                + " `{\"bus\":1,\"sise\":2}`. Did you mean `size`?",
            "The parameter `a` must have the property `size`, but the flag `--a` says"
                + " `{\"bus\":1,\"sise\":2}`. Pass another `--a`.");
    assertThat(refusal(declaration, "{\"size\": 1, \"size\": 2}")).contains("must be an object");
    assertThat(refusal(declaration, "{\"size\": 1} x")).contains("must be an object");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{ type: 'integer' } | x | be a whole number",
        "{ type: 'integer' } | 1.5 | be a whole number",
        "{ type: 'integer' } | 0x10 | be a whole number",
        "{ type: 'integer' } | 9007199254740992 | be a whole number",
        "{ type: 'integer' } | 1e99 | be a whole number",
        "{ type: 'integer' } | 1e999999999 | be a whole number",
        "{ type: 'number' } | NaN | be a number",
        "{ type: 'number' } | 1,5 | be a number",
        "{ type: 'boolean' } | maybe | be `true` or `false`",
        "{ type: 'integer', minimum: 5 } | 4 | be at least 5",
        "{ type: 'integer', unit: 'MiB', minimum: 512 } | 256KiB | be a whole number",
        "{ type: 'integer', unit: 'MiB', minimum: 512 } | 256MiB | be at least 512 MiB",
        "{ type: 'integer', maximum: 5 } | 6 | be at most 5",
        "{ type: 'number', exclusiveMinimum: 0 } | 0 | be more than 0",
        "{ type: 'number', exclusiveMaximum: 1 } | 1 | be less than 1",
        "{ type: 'number', multipleOf: 0.1 } | 0.35 | be a multiple of 0.1",
        "{ type: 'string', minLength: 2 } | x | have at least 2 characters",
        "{ type: 'string', maxLength: 1 } | xy | have at most 1 character",
        "{ type: 'string', pattern: '^[a-z]+$' } | A | match `^[a-z]+$`",
        "{ type: 'array', minItems: 2 } | a | have at least 2 items",
        "{ type: 'array', maxItems: 1 } | a,b | have at most 1 item",
        "{ type: 'array', uniqueItems: true } | a,a | have no item twice",
        "{ type: 'integer', unit: 'MiB' } | 2G | be a number of MiB",
        "{ type: 'integer', unit: 'MiB' } | 5s | be a number of MiB",
        "{ type: 'integer', unit: 'vCPU' } | 5GiB | be a number of vCPU",
      })
  void a_wrong_value_says_what_it_must_be(String declaration, String text, String duty) {
    assertThat(refusal(declaration, text))
        .startsWith("The parameter `a` must " + duty + ", but the flag `--a` says `");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hostname  | pve1.example.org        | pve_1 -a a- a..b é ",
        "ipv4      | 192.168.1.10            | 192.168.1 256.1.1.1 01.2.3.4 1.2.3.4.5",
        "ipv6      | 2001:db8::10            | 2001:db8 1.2.3.4 ::g fe80::1%eth0 [::1]",
        "cidr      | 10.0.0.5/8              | 10.0.0.5 10.0.0.5/33 10.0.0.5/+8 x/8 ::1/129",
        "email     | me.too+tag@example.org  | me @example.org me@ a..b@c .a@b a@b@",
        "uri       | https://example.org/?x  | example.org /path ht!tp://x",
        "date      | 2026-02-28              | 2026-02-30 28.2.2026 2026-2-8",
        "date-time | 2026-02-28T12:00:00Z    | 2026-02-28 2026-02-28T12:00:00",
        "duration  | 1.5h                    | 5 PT5S 5x",
      })
  void formats_know_their_members(String format, String member, String others) {
    var declaration = "{ type: 'string', format: '" + format + "' }";

    assertThat(one(declaration, member)).isEqualTo("\"" + member + "\"");
    for (var other : others.split(" ", -1)) {
      assertThat(refusal(declaration, other)).as(other).contains("must be a");
    }
  }

  @Test
  void a_size_in_powers_of_ten_is_quoted_as_typed_and_answered_with_the_one_that_was_meant() {
    assertThat(refusal("{ type: 'integer', unit: 'MiB' }", "4GB"))
        .isEqualTo(
            "The parameter `a` must be a whole number, but the flag `--a` says `4GB`. Did you mean"
                + " `4GiB`?");
    assertThat(refusal("{ type: 'integer', unit: 'MiB' }", "1000kB"))
        .isEqualTo(
            "The parameter `a` must be a whole number, but the flag `--a` says `1000kB`. Pass"
                + " another `--a`.");
  }

  @Test
  void all_that_is_wrong_is_told_at_once_with_its_origin() {
    var schema =
        params(
            """
            node: { type: 'string', summary: 'node to build on', required: true },
            memory: { type: 'integer', unit: 'MiB', minimum: 512, default: 2048 },
            mode: { enum: ['fast', 'safe'] },
            cores: { type: 'integer' },
            """);
    var file =
        ParameterFile.read(
            Path.of("lab.yaml"),
            new FakeFiles().with("lab.yaml", "cores: many\nmemroy: 5\nmode: fastt\n"));

    assertThat(refusals(() -> schema.settle(input(schema, "memory=128").file(file))))
        .containsExactly(
            "`lab.yaml` names `memroy`, which is no parameter of this recipe. Did you mean"
                + " `memory`?",
            "The parameter `memory` must be at least 512 MiB, but the flag `--memory` says `128`."
                + " Pass another `--memory`; its default is `2048`.",
            "The parameter `mode` must be one of `fast`, `safe`, but the file `lab.yaml` says"
                + " `fastt`. Did you mean `fast`?",
            "The parameter `cores` must be a whole number, but the file `lab.yaml` says `many`."
                + " Pass another `--cores`.",
            "The parameter `node` is missing: node to build on. Pass `--node TEXT`, or set"
                + " `HEARTH_PARAM_NODE`.");
  }

  @Test
  void a_flag_given_twice_with_different_values_is_refused() {
    var schema = params("a: { type: 'string' }, b: { type: 'boolean' }");
    var b = schema.find("b").orElseThrow();

    assertThat(refusals(() -> flags(schema, "a=x", "a=y")))
        .containsExactly(
            "The flag `--a` is given more than once, with different values. Keep one of them.");
    assertThat(flags(schema, "a=x", "a=x").asMap()).containsEntry("a", text("x"));
    assertThat(refusals(() -> schema.settle(ParameterInput.none().flag(b).negated(b)))).hasSize(1);
    assertThat(schema.settle(ParameterInput.none().negated(b)).asMap())
        .containsEntry("b", JsonNodeFactory.instance.booleanNode(false));
  }

  @Test
  void a_secret_is_never_shown() throws Exception {
    var schema = params("token: { type: 'string', secret: true, minLength: 8, pattern: '^PVE' }");

    var values = flags(schema, "token=PVE-very-secret");

    assertThat(values.secrets()).containsEntry("token", Secret.of("PVE-very-secret"));
    assertThat(values.revealed())
        .hasToString("{\"token\":{\"hearth:secret\":\"PVE-very-secret\"}}");
    assertThat(values.toString()).doesNotContain("very-secret").contains("***");
    assertThat(new JsonMapper().writeValueAsString(values.asMap()))
        .isEqualTo("{\"token\":\"***\"}");
    assertThat(refusals(() -> flags(schema, "token=hunter2")))
        .containsExactly(
            "The parameter `token` must have at least 8 characters; the flag `--token` says"
                + " something else. Pass another `--token`.",
            "The parameter `token` must match `^PVE`; the flag `--token` says something else. Pass"
                + " another `--token`.");
  }

  @Test
  void what_was_settled_settles_again_to_the_same() {
    var schema =
        params(
            """
            token: { type: 'string', secret: true },
            memory: { type: 'integer', unit: 'MiB' },
            tags: { type: 'array', items: { type: 'string' } },
            """);
    var once = flags(schema, "token=x", "memory=2GiB", "tags=a,b");

    var twice = schema.settle(ParameterInput.none().caller(once.asMap()));

    assertThat(twice.secrets()).containsEntry("token", Secret.of("x"));
    assertThat(twice.asMap().get("memory")).isEqualTo(once.asMap().get("memory"));
    assertThat(twice.asMap().get("tags")).isEqualTo(once.asMap().get("tags"));
  }

  @Test
  void data_is_not_guessed_at() {
    var schema = params("a: { type: 'integer' }, b: { type: 'boolean' }, c: { type: 'string' }");

    assertThat(
            refusals(
                () ->
                    schema.settle(
                        ParameterInput.none()
                            .caller(
                                Map.of(
                                    "a",
                                    text("5"),
                                    "b",
                                    text("true"),
                                    "c",
                                    JsonNodeFactory.instance.numberNode(5))))))
        .hasSize(3);
  }

  @Test
  void strange_numbers_are_refused_and_not_computed() {
    var schema = params("a: { type: 'integer' }");

    for (var content : List.of("{\"a\": 1e999}", "{\"a\": 1e99999999}", "{\"a\": null}")) {
      var file = ParameterFile.read(Path.of("p.json"), new FakeFiles().with("p.json", content));
      assertThat(refusals(() -> schema.settle(ParameterInput.none().file(file)))).hasSize(1);
    }
    var notANumber = JsonNodeFactory.instance.numberNode(Double.NaN);
    assertThat(refusals(() -> schema.settle(ParameterInput.none().caller(Map.of("a", notANumber)))))
        .containsExactly(
            "The parameter `a` must be a finite number, but the caller says `NaN`. Pass another"
                + " `--a`.");
  }

  @Test
  void missing_values_are_asked_for_until_they_are_right() {
    var schema =
        params(
            """
            node: { type: 'string', required: true },
            a: { default: 'x' },
            mode: { enum: ['fast', 'safe'], required: true },
            token: { type: 'string', secret: true, required: true },
            """);
    var answers = new ArrayDeque<>(List.of("pve", "fats", "", "fast", "s3cret"));
    var asked = new ArrayList<String>();
    ParameterPrompt person =
        question -> {
          asked.add(
              question.parameter().name()
                  + question.choices()
                  + (question.secret() ? " hidden" : "")
                  + question.problem().map(problem -> " " + problem).orElse(""));
          return Optional.of(answers.remove()).filter(answer -> !answer.isEmpty());
        };

    var values = schema.settle(ParameterInput.none(), person);

    assertThat(asked)
        .containsExactly(
            "node[]",
            "mode[fast, safe]",
            "mode[fast, safe] The parameter `mode` must be one of `fast`, `safe`, but the answer"
                + " says `fats`. Did you mean `fast`?",
            "mode[fast, safe] A value is needed.",
            "token[] hidden");
    assertThat(values.asMap().keySet()).containsExactly("node", "a", "mode", "token");
    assertThat(values.secrets()).containsEntry("token", Secret.of("s3cret"));
    assertThat(values.origin("node").orElseThrow().kind()).isEqualTo(Origin.Kind.ANSWER);
  }

  @Test
  void nobody_is_asked_while_something_else_is_wrong() {
    var schema = params("a: { type: 'string', required: true }, b: { type: 'integer' }");

    assertThat(
            refusals(
                () ->
                    schema.settle(
                        input(schema, "b=x"),
                        question -> {
                          throw new AssertionError("asked");
                        })))
        .hasSize(2);
  }

  @Test
  void a_flood_of_wrong_items_is_cut_off() {
    assertThat(
            refusal("{ type: 'array', items: { enum: ['a', 'b'] } }", "x,".repeat(50_000)).lines())
        .hasSize(20);
  }

  @Test
  void an_empty_variable_is_not_set() {
    var schema = params("a: { type: 'string', default: 'x' }");

    assertThat(schema.settle(ParameterInput.none().environment(name -> Optional.of(""))).asMap())
        .containsEntry("a", text("x"));
  }

  @Test
  void control_characters_do_not_reach_the_message() {
    assertThat(refusal("{ type: 'integer' }", "\u001B[2J\u202E")).contains("`\\u{1B}[2J\\u{202E}`");
  }
}
