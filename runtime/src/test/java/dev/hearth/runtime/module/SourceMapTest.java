package dev.hearth.runtime.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.module.SourceMap.Original;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which place of which file a source map names. */
class SourceMapTest {
  private static Optional<SourceMap> read(String json) {
    return SourceMap.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static SourceMap mapping(String mappings) {
    return read("""
            {"version": 3, "sourceRoot": "src/", "sources": ["a.ts", "b.ts"],
             "sourcesContent": ["one", null], "mappings": "%s"}
            """
            .formatted(mappings))
        .orElseThrow();
  }

  @Test
  void places_are_those_of_the_segment_before() {
    var map = mapping("AAAA,IACE;;ECAF,MAAM");
    var a = Optional.of("one");
    assertThat(map.original(1, 1)).contains(new Original("src/a.ts", 1, 1, a));
    assertThat(map.original(1, 4)).contains(new Original("src/a.ts", 1, 1, a));
    assertThat(map.original(1, 5)).contains(new Original("src/a.ts", 2, 3, a));
    assertThat(map.original(3, 3)).contains(new Original("src/b.ts", 2, 1, Optional.empty()));
    assertThat(map.original(3, 10)).contains(new Original("src/b.ts", 2, 7, Optional.empty()));
  }

  @Test
  void what_no_segment_covers_comes_from_nowhere() {
    var map = mapping("EAAA;;A");
    assertThat(map.original(1, 1)).isEmpty();
    assertThat(map.original(2, 1)).isEmpty();
    assertThat(map.original(3, 1)).isEmpty();
    assertThat(map.original(99, 99)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"version\": 2, \"mappings\": \"\"}",
        "{\"version\": 3}",
        "{\"version\": 3, \"mappings\": 7}",
        "{\"version\": 3, \"sections\": []}"
      })
  void what_is_no_map_is_none(String json) {
    assertThat(read(json)).isEmpty();
  }

  @Test
  void a_deep_or_large_map_is_none() {
    assertThat(read("{\"a\":".repeat(100_000))).isEmpty();
    assertThat(SourceMap.read(new byte[SourceMap.LARGEST + 1])).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AAgggggggggggggggggggggggggggggA",
        "A////////////A",
        "AADA",
        "AAAAAAAAAA",
        "!!!!",
        "AAD",
        "g",
        ","
      })
  void numbers_that_cannot_be_lead_nowhere_or_somewhere_but_never_fail(String mappings) {
    var found = mapping(mappings).original(1, 1);
    found.ifPresent(original -> assertThat(original.line()).isPositive());
  }

  @Test
  void random_mappings_never_fail() {
    var random = new Random(7);
    var alphabet = "ABCDgh/+,;!\u00e9";
    for (int i = 0; i < 2_000; i++) {
      var text = new StringBuilder();
      for (int k = random.nextInt(40); k > 0; k--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      var found = mapping(text.toString()).original(1 + random.nextInt(4), 1 + random.nextInt(9));
      found.ifPresent(original -> assertThat(original.column()).isPositive());
    }
  }
}
