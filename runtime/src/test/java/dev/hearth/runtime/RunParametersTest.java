package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.runtime.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Declared parameters, from a program that embeds Hearth to the recipe. */
class RunParametersTest {
  @TempDir private Path folder = Path.of("");

  private Path recipe = Path.of("");

  @BeforeEach
  void write() throws IOException {
    recipe =
        Files.writeString(
            folder.resolve("recipe.js"),
            """
            export const recipe = {
              params: {
                memory: { type: 'integer', unit: 'MiB', minimum: 512, required: true },
                node: { type: 'string', default: 'pve' },
                token: { type: 'string', secret: true },
              },
            };
            export default ({ params }) => {
              console.log('token', params.token);
              return { ...params, length: params.token?.reveal().length };
            };
            """);
  }

  private Hearth hearth() {
    return Hearth.builder()
        .home(folder.resolve("home"))
        .bindings(List.of())
        .environment(
            name ->
                name.equals("HEARTH_PARAM_NODE") ? Optional.of("pve2") : Optional.<String>empty())
        .build();
  }

  @Test
  void the_recipe_gets_checked_and_converted_values() throws Exception {
    var result = hearth().run(RunRequest.of(recipe).param("memory", "2GiB"));

    assertThat(result.error()).isNull();
    assertThat(result.value()).hasToString("{\"memory\":2048,\"node\":\"pve2\"}");
  }

  @Test
  void nothing_runs_while_a_parameter_is_wrong() {
    var refusal =
        catchThrowableOfType(
            HearthException.class,
            () -> hearth().run(RunRequest.of(recipe).param("memry", 5).param("node", 5)));

    assertThat(refusal.id()).isEqualTo("param.unknown");
    assertThat(refusal.also())
        .extracting(HearthException::id)
        .containsExactly("param.invalid", "param.missing");
  }

  @Test
  void a_secret_reaches_the_recipe_and_nothing_else() throws Exception {
    var events = new ArrayList<RunEvent>();
    var request =
        RunRequest.of(recipe).param("memory", 512).param("token", Secret.of("hunter2-hunter2"));

    var result = hearth().run(request, events::add);

    assertThat(result.error()).isNull();
    assertThat(String.valueOf(result.value())).contains("\"length\":15");
    assertThat(request + " " + result + " " + events).doesNotContain("hunter2").contains("***");
    try (var files = Files.walk(folder.resolve("home"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContain("hunter2");
      }
    }
  }
}
