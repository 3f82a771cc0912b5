package dev.hearth.runtime.param;

import static dev.hearth.runtime.param.Declared.params;
import static dev.hearth.runtime.param.Declared.problems;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a declaration says, and what is wrong with it. */
class DeclarationTest {
  @Test
  void flags_and_variables_are_made_from_the_name() {
    var schema =
        params(
            """
            node: { type: 'string' },
            diskSize: { type: 'integer' },
            ipv6Address: { type: 'string' },
            sshPublicKEYFile: { type: 'string' },
            vmID: { type: 'integer' },
            agent: { type: 'boolean' },
            """);

    assertThat(schema.parameters())
        .extracting(Parameter::flag)
        .containsExactly(
            "--node",
            "--disk-size",
            "--ipv6-address",
            "--ssh-public-key-file",
            "--vm-id",
            "--agent");
    assertThat(schema.find("diskSize").orElseThrow().variable())
        .isEqualTo("HEARTH_PARAM_DISK_SIZE");
    assertThat(schema.find("agent").orElseThrow().negation()).contains("--no-agent");
    assertThat(schema.find("node").orElseThrow().negation()).isEmpty();
  }

  @Test
  void help_needs_nothing_but_the_declaration() {
    var schema =
        params(
            """
            node: { type: 'string', summary: 'node to build on', required: true },
            memory: { type: 'integer', unit: 'MiB', default: '2GiB' },
            mode: { enum: ['fast', 'safe'], default: 'safe' },
            tags: { type: 'array', items: { type: 'string' } },
            disk: { type: 'object' },
            token: { type: 'string', secret: true },
            """);

    assertThat(schema.parameters())
        .extracting(Parameter::label)
        .containsExactly("TEXT", "MiB", "fast|safe", "TEXT,…", "JSON", "TEXT");
    assertThat(schema.find("node").orElseThrow().required()).isTrue();
    assertThat(schema.find("node").orElseThrow().summary()).isEqualTo("node to build on");
    assertThat(schema.find("memory").orElseThrow().fallback())
        .contains(JsonNodeFactory.instance.numberNode(2048L));
    assertThat(schema.find("token").orElseThrow().secret()).isTrue();
    assertThat(schema.find("mode").orElseThrow().type()).isEqualTo(ValueType.STRING);
  }

  @Test
  void everything_wrong_is_told_with_its_place() {
    assertThat(
            problems(
                """
                memory: { type: 'integer', minumum: 5, unit: 'Mib' },
                node: { typ: 'string' },
                size: { type: 'int' },
                """))
        .containsExactly(
            "2:28 The parameter `memory` is declared wrong: there is no keyword `minumum`."
                + " Did you mean `minimum`?",
            "2:46 The parameter `memory` is declared wrong: `Mib` is no unit. Did you mean `MiB`?",
            "3:9 The parameter `node` is declared wrong: there is no keyword `typ`. Did you mean"
                + " `type`?",
            "3:1 The parameter `node` is declared wrong: it has no type. Add one, such as `type:"
                + " 'string'`.",
            "4:15 The parameter `size` is declared wrong: `int` is no type. Use one of `string`,"
                + " `integer`, `number`, `boolean`, `array`, `object`.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a: 'string' | it is no object.",
        "a: { type: ['string', 'null'] } | `[\"string\",\"null\"]` is no type.",
        "a: { type: 'string', minimum: 1 } | `minimum` says nothing about the type `string`.",
        "a: { type: 'integer', pattern: 'x' } | `pattern` says nothing about the type `integer`.",
        "a: { type: 'integer', minimum: '1' } | `minimum` is no number.",
        "a: { type: 'integer', minimum: 5, maximum: 4 } | `minimum` is more than `maximum`, so that"
            + " nothing fits.",
        "a: { type: 'integer', multipleOf: 0 } | `multipleOf` is not more than 0.",
        "a: { type: 'string', minLength: -1 } | `minLength` is no count.",
        "a: { type: 'string', minLength: 1.5 } | `minLength` is no count.",
        "a: { type: 'string', pattern: '(' } | its pattern is no regular expression: missing"
            + " closing ).",
        "a: { type: 'string', pattern: '(?=a)b' } | its pattern looks around, which takes unlimited"
            + " time.",
        "a: { type: 'string', format: 'hostnam' } | there is no format `hostnam`.",
        "a: { type: 'string', enum: [] } | `enum` is no list of values.",
        "a: { type: 'string', enum: ['a', 1] } | `enum` holds `1`, which must be a text.",
        "a: { type: 'string', default: 1 } | its `default` must be a text, but is `1`.",
        "a: { type: 'integer', default: 1.5 } | its `default` must be a whole number, but is"
            + " `1.5`.",
        "a: { type: 'integer', minimum: 5, default: 4 } | its `default` must be at least 5, but is"
            + " `4`.",
        "a: { type: 'string', examples: [1] } | its `examples` must be a text, but is `1`.",
        "a: { type: 'string', summary: 1 } | `summary` is no text.",
        "a: { type: 'string', required: 'yes' } | `required` is no list of names.",
        "a: { type: 'string', required: true, default: 'x' } | `required` and `default` exclude"
            + " each other.",
        "a: { type: 'string', secret: 'yes' } | `secret` is neither `true` nor `false`.",
        "a: { type: 'integer', secret: true } | `secret` says nothing about the type `integer`.",
        "a: { type: 'string', secret: true, default: 'x' } | a secret has no `default`, since"
            + " everyone can read the recipe.",
        "a: { type: 'integer', unit: 'G B' } | `G B` is no unit.",
        "a: { type: 'array', uniqueItems: 1 } | `uniqueItems` is neither `true` nor `false`.",
        "a: { type: 'object', properties: [] } | `properties` is no object.",
        "a: { type: 'object', required: ['b'] } | `required` names `b`, which is no property.",
        "Disk: { type: 'string' } | that is no name for a parameter.",
        "'disk-size': { type: 'string' } | that is no name for a parameter.",
        "disk_size: { type: 'string' } | that is no name for a parameter.",
        "constructor: { type: 'string' } | every JavaScript object has that already.",
        "toString: { type: 'string' } | every JavaScript object has that already.",
        "vmID: { type: 'string' }, vmId: { type: 'string' } | its flag `--vm-id` is already that of"
            + " `vmID`.",
        "noAgent: { type: 'string' }, agent: { type: 'boolean' } | its flag `--no-agent` is already"
            + " that of `noAgent`.",
      })
  void a_wrong_declaration_says_what_is_wrong(String literal, String reason) {
    assertThat(problems(literal)).anySatisfy(told -> assertThat(told).contains(": " + reason));
  }

  @Test
  void nested_schemas_are_read_and_placed_too() {
    assertThat(
            problems(
                """
                disk: {
                  type: 'object',
                  properties: { size: { type: 'integer', minimun: 1 } },
                  additionalProperties: { type: 'strin' },
                },
                tags: { type: 'array', items: { type: 'string', formt: 'x' } },
                """))
        .containsExactly(
            "4:42 The parameter `disk.size` is declared wrong: there is no keyword `minimun`. Did"
                + " you mean `minimum`?",
            "5:33 The parameter `disk.*` is declared wrong: `strin` is no type. Did you mean"
                + " `string`?",
            "7:49 The parameter `tags[]` is declared wrong: there is no keyword `formt`. Did you"
                + " mean `format`?");
  }

  @Test
  void a_parameter_called_like_the_prototype_is_refused() {
    assertThat(problems("'__proto__': { type: 'string' }"))
        .singleElement()
        .asString()
        .contains("must be plain data, but here is a prototype");
  }

  @Test
  void flags_of_the_command_itself_are_taken() {
    var schema = params("timeout: { type: 'string' }, color: { type: 'boolean' }");

    assertThat(schema.clashes(List.of("--timeout", "--no-color", "--json")))
        .extracting(e -> e.sentence())
        .containsExactly(
            "The parameter `timeout` is declared wrong: `--timeout` is a flag of Hearth itself.",
            "The parameter `color` is declared wrong: `--no-color` is a flag of Hearth itself.");
  }

  @ParameterizedTest
  @CsvSource({
    "(a+)+$",
    "(a|a)*$",
    "(.*a){20}$",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(x+x+)+y",
  })
  void a_pattern_that_explodes_elsewhere_answers_at_once(String pattern) {
    var schema = params("a: { type: 'string', pattern: '" + pattern + "' }");
    var text = "a".repeat(9_000) + "!";

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            Declared.refusals(
                () ->
                    schema.settle(
                        ParameterInput.none().flag(schema.find("a").orElseThrow(), text))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "((a{1000}){1000}){1000}",
        "(((((a{99}){99}){99}){99}){99}){99}",
        "a{1000}{1000}",
        "[]{]{1000}b{1000}c{1000}d{1000}e{1000}f{1000}",
        "((((((((((((((((((((a{2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}",
      })
  void a_pattern_that_would_fill_the_memory_is_refused(String pattern) {
    assertThat(problems("a: { type: 'string', pattern: '" + pattern + "' }"))
        .singleElement()
        .asString()
        .contains("its pattern is too large");
  }

  @Test
  void ordinary_patterns_are_not_too_large() {
    assertThat(
            problems(
                "a: { type: 'string', pattern:"
                    + " '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$|^[\\\\w{}]{1,500}$' }"))
        .isEmpty();
  }

  @Test
  void a_flood_of_mistakes_is_cut_off() {
    assertThat(problems("a: { type: 'string', " + flood() + "}")).hasSize(100);
  }

  private static String flood() {
    var keys = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      keys.append("k").append(i).append(": 1, ");
    }
    return keys.toString();
  }

  @Test
  void more_choices_than_anybody_reads_are_refused() {
    var many = "'x', ".repeat(50_000);

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThat(problems("a: { enum: [" + many + "], examples: [" + many + "] }"))
                .hasSize(2)
                .allSatisfy(told -> assertThat(told).contains("holds more than 500 values")));
  }

  @Test
  void many_parameters_are_read() {
    var literal = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      literal
          .append("p")
          .append(i)
          .append(": { type: 'integer', default: ")
          .append(i)
          .append(" },\n");
    }

    assertThat(params(literal.toString()).parameters()).hasSize(5_000);
  }
}
