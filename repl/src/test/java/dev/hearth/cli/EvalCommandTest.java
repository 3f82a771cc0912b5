package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hearth eval} and {@code hearth repl} in a pipe, with the real engine. */
@Timeout(60)
class EvalCommandTest {
  private final TypedCommand hearth = new TypedCommand();

  @BeforeEach
  void useFolder(@TempDir Path folder) {
    for (var place : new String[] {"STATE", "CONFIG", "DATA", "CACHE"}) {
      hearth.set("HEARTH_" + place + "_HOME", folder.resolve(place).toString());
    }
  }

  @Test
  void a_list_that_is_too_long_for_a_line_comes_whole_an_item_a_line() {
    assertThat(hearth.type("eval", "Array.from({ length: 50_000 }, (_, i) => i)")).isZero();
    assertThat(hearth.out().lines()).hasSize(50_000).endsWith("49999");
    assertThat(hearth.type("eval", "[1, 2]")).isZero();
    assertThat(hearth.out()).isEqualTo("[ 1, 2 ]\n");
  }

  @Test
  void an_error_is_shown_as_one() {
    hearth.type("eval", "new TypeError('boo')");
    assertThat(hearth.out()).isEqualTo("TypeError: boo\n    at eval:1:1\n");
    hearth.type("eval", "({ reason: new Error('inner') })");
    assertThat(hearth.out()).contains("reason: Error: inner");
  }

  @Test
  void what_nobody_caught_is_shown_with_its_place_and_is_a_failure() {
    assertThat(hearth.type("eval", "Promise.reject(new Error('left alone')); 1")).isEqualTo(1);
    assertThat(hearth.out()).isEqualTo("1\n");
    assertThat(hearth.err())
        .startsWith("error: left alone  ")
        .contains("recipe.error\n  at eval:1:1\n");
    assertThat(hearth.type("eval", "--json", "Promise.reject(new Error('left alone')); 1"))
        .isEqualTo(1);
    var types = hearth.out().lines().map(line -> json(line).path("type").asText());
    assertThat(types).containsExactlyInAnyOrder("uncaught", "value");
  }

  private static JsonNode json(String line) {
    try {
      return JsonMapper.builder().build().readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  @Test
  void what_can_never_happen_is_an_error_and_does_not_hang() {
    assertThat(hearth.type("eval", "await new Promise(() => {})")).isEqualTo(1);
    assertThat(hearth.err())
        .startsWith("error: This waits for something that can never happen.  ")
        .contains("session.waits-forever");
  }
}
