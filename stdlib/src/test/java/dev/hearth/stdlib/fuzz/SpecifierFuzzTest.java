package dev.hearth.stdlib.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.report.SafeText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands behind {@code import}: a module, or an error that says why not. */
class SpecifierFuzzTest {
  private final ObjectMapper json = new ObjectMapper();
  private final Path folder;
  private final Path secret;
  private final Hearth hearth;

  SpecifierFuzzTest(@TempDir Path temp) throws Exception {
    folder = Files.createDirectory(temp.resolve("recipes"));
    secret = Files.writeString(temp.resolve("secret.js"), "export const secret = 'geheim';");
    Files.writeString(folder.resolve("lib.js"), "export const x = 1;");
    Files.writeString(folder.resolve("data.json"), "{}");
    Files.createDirectory(folder.resolve(".hidden"));
    Files.writeString(folder.resolve(".hidden/secret.js"), "export const secret = 'geheim';");
    hearth =
        Hearth.builder().home(temp.resolve("home")).environment(name -> Optional.empty()).build();
  }

  private List<String> corpus() {
    return List.of(
        "./lib.js",
        "./data.json",
        "hearth:time",
        "hearth:binding",
        "hearth-internal:0/binding",
        "../secret.js",
        "./.hidden/secret.js",
        "file://" + secret,
        secret.toString(),
        "https://x.example/y.js",
        "node:fs",
        "data:text/javascript,export default 1",
        "lodash");
  }

  @Test
  void whatever_is_imported_is_a_module_or_an_error_and_nothing_from_outside() {
    var tried =
        new Fuzz(corpus(), "./\\:%#?@*&=-+~$ \n\0\u0001\u00e9\u202e\ud83d\udc4d0aA")
            .run(
                specifier -> {
                  var quoted = json.writeValueAsString(specifier);
                  assertImports(
                      "import * as it from " + quoted + ";\nexport default () => it.secret;");
                  assertImports(
                      "export default async () => (await import(" + quoted + ")).secret;");
                });
    assertThat(tried).isPositive();
  }

  private void assertImports(String recipe) throws Exception {
    var file = Files.write(folder.resolve("recipe.js"), recipe.getBytes(StandardCharsets.UTF_8));
    var result = hearth.run(RunRequest.of(file));
    var error = result.error();
    if (error == null) {
      assertThat(result.value()).isNull();
    } else {
      assertThat(error.kind()).isNotEqualTo(ErrorKind.BUG);
      assertThat(SafeText.lines(error.message())) // as it is shown: the engine quotes what it got
          .doesNotContain("geheim", "java.", "Exception", "org.graalvm", "\0", "\u202e");
    }
  }
}
