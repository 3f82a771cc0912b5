package dev.hearth.stdlib.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.LocalSources;
import dev.hearth.runtime.engine.GraalModuleParser;
import dev.hearth.runtime.module.RecipeFile;
import dev.hearth.runtime.param.Parameter;
import dev.hearth.runtime.param.ParameterFile;
import dev.hearth.runtime.param.ParameterInput;
import dev.hearth.runtime.param.ParameterSchema;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is given for the parameters of a recipe, and whatever a recipe declares. */
class ParameterFuzzTest {
  private static final String SIGNS = "\"'{}[]:,=-+.%/@\\ \n\t\0\u00e9\u202e0129eE_$^*()|msdhGiB";
  private static final List<String> VALUES =
      List.of(
          "5",
          "4GiB",
          "1.5",
          "true",
          "no",
          "10.0.0.0/8",
          "fe80::1%eth0",
          "a@b.example",
          "90s",
          "https://x.example/?q=1",
          "2026-11-25",
          "2026-11-25T10:00:00Z",
          "web-1.example",
          "a,b",
          "[1,2,{\"a\":null}]",
          "{\"a\":[true,1e999,-0.0,\"x\"]}",
          "9007199254740993",
          "\"q\"");

  private final Path folder;

  ParameterFuzzTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private RecipeFile recipe(String text) throws Exception {
    var file = Files.write(folder.resolve("recipe.js"), text.getBytes(StandardCharsets.UTF_8));
    return RecipeFile.read(file, new LocalSources(), new GraalModuleParser());
  }

  private ParameterSchema schema() throws Exception {
    return recipe(
            """
            export const recipe = { params: {
              name: { type: 'string', pattern: '^[a-z]+(-[a-z]+)*$', minLength: 2, maxLength: 40 },
              host: { type: 'string', format: 'hostname' }, four: { type: 'string', format: 'ipv4' },
              six: { type: 'string', format: 'ipv6' }, net: { type: 'string', format: 'cidr' },
              mail: { type: 'string', format: 'email' }, link: { type: 'string', format: 'uri' },
              day: { type: 'string', format: 'date' }, time: { type: 'string', format: 'date-time' },
              pause: { type: 'string', format: 'duration' }, word: { type: 'string', enum: ['a', 'b'] },
              memory: { type: 'integer', unit: 'MiB', minimum: 16 }, part: { type: 'number', maximum: 1 },
              on: { type: 'boolean' }, key: { type: 'string', secret: true },
              list: { type: 'array', items: { type: 'integer' }, maxItems: 5 },
              thing: { type: 'object', properties: { a: { type: 'array', items: { type: 'string' } } } },
            } };
            export default () => 1;
            """)
        .parameters()
        .orThrow();
  }

  @Test
  void whatever_a_flag_or_a_variable_says_is_a_value_or_is_refused() throws Exception {
    var schema = schema();
    var tried =
        new Fuzz(VALUES, SIGNS)
            .run(
                text -> {
                  for (Parameter parameter : schema.parameters()) {
                    settle(schema, ParameterInput.none().flag(parameter, text));
                    var variable = Map.of(parameter.variable(), text);
                    settle(
                        schema,
                        ParameterInput.none()
                            .environment(name -> Optional.ofNullable(variable.get(name))));
                  }
                });
    assertThat(tried).isPositive();
  }

  /** Each on its own: what is wrong with one is not to hide the next. */
  private static void settle(ParameterSchema schema, ParameterInput input) {
    try {
      assertThat(schema.settle(input).shown()).isNotNull();
    } catch (HearthException e) {
      assertThat(e.sentence()).isNotBlank().doesNotContain("Exception", "\0", "\u202e");
    }
  }

  @Test
  void whatever_json_is_given_for_a_parameter_is_a_value_or_is_refused() throws Exception {
    var schema = schema();
    var json = new ObjectMapper();
    var tried =
        new Fuzz(VALUES, SIGNS)
            .run(
                text -> {
                  try {
                    var value = json.readTree(text);
                    for (Parameter parameter : schema.parameters()) {
                      settle(schema, ParameterInput.none().caller(Map.of(parameter.name(), value)));
                    }
                  } catch (JsonProcessingException e) {
                    return; // no JSON, which the bridge and the command line say
                  }
                });
    assertThat(tried).isPositive();
  }

  @Test
  void whatever_a_file_of_parameters_holds_is_read_or_refused() throws Exception {
    var schema = schema();
    var tried =
        new Fuzz(
                List.of(
                    "name: web\nmemory: 4GiB\nlist: [1, 2]\nthing:\n  a: [x]\n",
                    "{\"name\": \"web\", \"memory\": 2048, \"thing\": {\"a\": [\"x\"]}}"),
                SIGNS + "&*!|>#?")
            .run(
                text -> {
                  var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
                  var file = ParameterFile.read("params.yaml", bytes);
                  schema.settle(ParameterInput.none().file(file));
                });
    assertThat(tried).isPositive();
  }

  @Test
  void whatever_a_recipe_declares_is_understood_or_refused() {
    var tried =
        new Fuzz(
                List.of(
                    "{ type: 'string', pattern: '^a+$', default: 'aa' }",
                    "{ type: 'integer', unit: 'MiB', minimum: 1, maximum: 5, default: 2 }",
                    "{ type: 'array', items: { type: 'object', properties: { a: { type: 'number' } } } }",
                    "{ type: 'boolean', secret: true, required: true, summary: 'x' }"),
                SIGNS)
            .run(
                text -> {
                  var recipe =
                      recipe(
                          "export const recipe = { params: { p: "
                              + text
                              + " } };\nexport default () => 1;");
                  var schema = recipe.parameters();
                  if (schema.problems().isEmpty()) {
                    schema.settle(ParameterInput.none());
                  }
                });
    assertThat(tried).isPositive();
  }
}
