package dev.hearth.runtime.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.ErrorReport.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors of generated modules are shown where their text was written. */
class SourceMapsTest {
  /** What TypeScript's compiler made of {@link #ORIGINAL}, which Hearth would not take itself. */
  private static final String GENERATED =
      """
      // How many machines there are.
      var Size;
      (function (Size) {
          Size[Size["Small"] = 1] = "Small";
          Size[Size["Big"] = 2] = "Big";
      })(Size || (Size = {}));
      export function first(machines) {
          const size = Size.Small;
          return machines[size].name.trim();
      }
      """;

  private static final String ORIGINAL =
      """
      // How many machines there are.
      enum Size { Small = 1, Big = 2 }

      interface Machine { name?: string }

      export function first(machines: Machine[]): string {
        const size: Size = Size.Small;

        return machines[size]!.name!.trim();
      }
      """;

  private static final String MAPPINGS =
      "AAAA,+BAA+B;AAC/B,IAAK,IAA2B;AAAhC,WAAK,IAAI;IAAG,iCAAS,CAAA;IAAE,6BAAO,CAAA;AAAC,CAAC,EAA3B,IAAI,KAAJ,IAAI,QAAuB;"
          + "AAIhC,MAAM,UAAU,KAAK,CAAC,QAAmB;IACvC,MAAM,IAAI,GAAS,IAAI,CAAC,KAAK,CAAC;IAE9B,OAAO,QAAQ,CAAC,IAAI,CAAE,CAAC,IAAK,CAAC,IAAI,"
          + "EAAE,CAAC;AACtC,CAAC";

  private final Path folder;
  private final EngineFixture engine;

  SourceMapsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    engine = new EngineFixture(Files.createDirectory(folder.resolve("recipes")));
  }

  private static String map(String source, String more) {
    return "{\"version\":3,\"sources\":[\"%s\"]%s,\"mappings\":\"%s\"}"
        .formatted(source, more, MAPPINGS);
  }

  private Location place(String link) {
    engine.file("lib/first.js", GENERATED + "//# sourceMappingURL=" + link + "\n");
    ErrorReport error =
        requireNonNull(
            engine
                .run(
                    """
                    import { first } from './lib/first.js';
                    export default () => first([]);
                    """)
                .error());
    return requireNonNull(error.location());
  }

  private void isTheGenerated(Location place) {
    assertThat(place.file()).endsWith("first.js");
    assertThat(place.line()).isEqualTo(9);
    assertThat(place.text()).isEqualTo("    return machines[size].name.trim();");
  }

  @Test
  void a_map_beside_the_file_leads_to_the_file_that_was_written() {
    engine.file("lib/first.ts", ORIGINAL).file("lib/first.js.map", map("first.ts", ""));
    var place = place("first.js.map");
    assertThat(place.file()).endsWith("lib/first.ts");
    assertThat(place.line()).isEqualTo(9);
    assertThat(place.text()).isEqualTo("  return machines[size]!.name!.trim();");
    assertThat(requireNonNull(place.text()).substring(place.column() - 1)).startsWith("machines[");
  }

  @Test
  void a_map_in_the_file_brings_the_lines_along() {
    var content = ",\"sourcesContent\":[\"" + ORIGINAL.replace("\n", "\\n") + "\"]";
    var map = map("../src/first.ts", content).getBytes(StandardCharsets.UTF_8);
    var place = place("data:application/json;base64," + Base64.getEncoder().encodeToString(map));
    assertThat(place.file()).endsWith("src/first.ts");
    assertThat(place.text()).isEqualTo("  return machines[size]!.name!.trim();");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nowhere.map",
        "broken.map",
        "data:application/json;base64,!!!!",
        "data:application/json,%7B%7D",
        "https://example.org/first.js.map",
        "file:///etc/passwd",
        "a%00b"
      })
  void a_map_that_cannot_be_read_is_ignored_and_noted(String link) {
    engine.file("lib/broken.map", "{");
    isTheGenerated(place(link));
    assertThat(engine.logged.toString()).contains("the source map of", "is not used");
  }

  @Test
  void a_map_outside_of_what_may_be_imported_is_not_read() throws IOException {
    Files.writeString(folder.resolve("outside.map"), map("first.ts", ""));
    isTheGenerated(place("../../outside.map"));
    Files.createSymbolicLink(
        Files.createDirectories(folder.resolve("recipes/lib")).resolve("link.map"),
        folder.resolve("outside.map"));
    isTheGenerated(place("link.map"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../secret.ts", ".env", "secret.txt", "/etc/passwd"})
  void a_file_that_may_not_be_imported_shows_no_line(String source) throws IOException {
    var secret = "\n".repeat(8) + "the secret\n";
    Files.writeString(folder.resolve("secret.ts"), secret);
    engine
        .file("lib/.env", secret)
        .file("lib/secret.txt", secret)
        .file("lib/first.js.map", map(source, ""));
    assertThat(place("first.js.map").text()).isNull();
  }

  @Test
  void a_name_that_would_control_the_terminal_is_shown_harmless() {
    engine.file("lib/first.js.map", map("\\u001b[31mred.ts", ""));
    assertThat(place("first.js.map").file()).doesNotContain("\u001b");
  }
}
