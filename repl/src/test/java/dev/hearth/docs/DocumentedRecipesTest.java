package dev.hearth.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.cli.Checkout;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.testing.RecipeTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every recipe that stands in a page or in the types' examples, run against the simulators. One
 * that is there to show a failure says so in its first line: {@code // fails: code}. One that
 * declares effects gets what it declares; programs are real, as nothing simulates them.
 */
class DocumentedRecipesTest {
  private static final Pattern BLOCK = Pattern.compile("```([jt]s)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern EXAMPLE = Pattern.compile("@example\\n((?: +\\*(?!/).*\\n)+)");
  private static final Pattern FAILS = Pattern.compile("^// fails: (\\S+)");

  private static final Pattern STARTS = Pattern.compile("\\b(exec|listen): \\[");
  private static final Pattern EFFECTS =
      Pattern.compile("\\b(read|write|env|net|listen|secret): \\[");

  /** What is not simulated: these run against the real thing, in the tests of their modules. */
  private static final Set<String> REAL =
      Set.of("ansible", "docker", "kubernetes", "ssh", "terraform");

  record Documented(String name, String file, String recipe) {}

  @TestFactory
  Stream<DynamicTest> every_documented_recipe_does_what_it_says(@TempDir Path folder)
      throws IOException {
    var all =
        documented().stream()
            .filter(one -> REAL.stream().noneMatch(name -> one.name().contains("/" + name + "/")))
            .toList();
    assertThat(all).as("recipes in the documentation").hasSizeGreaterThan(5);
    return all.stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> run(one, folder)));
  }

  private static void run(Documented one, Path folder) throws Exception {
    var home = Files.createTempDirectory(folder, "home");
    var file = Files.writeString(home.resolve(one.file()), one.recipe());
    var result = tester(one, home).run(file, how(one));
    var fails = FAILS.matcher(one.recipe());
    var error = result.error();
    if (fails.find()) {
      assertThat(requireNonNull(error, one.name()).code()).isEqualTo(fails.group(1));
    } else {
      assertThat(error).as(one.name()).isNull();
    }
  }

  private static RecipeTester tester(Documented one, Path home) {
    return RecipeTester.of(
        Hearth.builder()
            .home(home.resolve("hearth"))
            .environment(
                name ->
                    STARTS.matcher(one.recipe()).find() && name.equals("PATH")
                        ? Optional.of("/usr/bin:/bin")
                        : Optional.empty())
            .build());
  }

  private static UnaryOperator<RunRequest> how(Documented one) {
    if (STARTS.matcher(one.recipe()).find()) {
      return RunRequest::allowAll;
    }
    return EFFECTS.matcher(one.recipe()).find()
        ? request -> request.simulated().allowAll()
        : RunRequest::simulated;
  }

  static List<Documented> documented() throws IOException {
    var found = new ArrayList<Documented>();
    for (var file : pages()) {
      var text = Files.readString(file);
      var name = Checkout.root().relativize(file).toString();
      var isPage = !name.endsWith(".d.ts");
      var blocks = isPage ? BLOCK.matcher(text) : EXAMPLE.matcher(text);
      int number = 0;
      while (blocks.find()) {
        number++;
        var code = blocks.group(isPage ? 2 : 1).replaceAll("(?m)^ +\\* ?", "");
        if (code.contains("export default")) {
          var recipe = "recipe." + (isPage ? blocks.group(1) : "js");
          found.add(new Documented(name + " #" + number, recipe, code));
        }
      }
    }
    return found;
  }

  private static List<Path> pages() throws IOException {
    try (var all = Files.walk(Checkout.root())) {
      return all.filter(file -> !file.toString().contains("/target/"))
          .filter(file -> !Checkout.root().relativize(file).toString().startsWith("."))
          .filter(file -> file.toString().endsWith(".md") || file.toString().endsWith(".d.ts"))
          .sorted()
          .toList();
    }
  }
}
