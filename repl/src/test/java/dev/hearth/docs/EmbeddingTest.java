package dev.hearth.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.cli.Checkout;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that know Hearth only as a library: compiled by javac and run in a Java of their own.
 */
class EmbeddingTest {
  private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

  private static final String OWN_BINDING =
      """
      package greet;

      import dev.hearth.runtime.*;
      import dev.hearth.runtime.spi.*;
      import java.nio.file.Path;
      import java.util.List;

      public final class Program implements Binding {
        public record Greeting(String name) {}

        public static final class Ops {
          @Op public String greet(Greeting greeting) { return "hello " + greeting.name(); }
        }

        @Override public String name() { return "greet"; }

        @Override public boolean needsIntent() { return false; }

        @Override public Object open(Connection connection, OpContext context) { return new Ops(); }

        public static void main(String[] folders) throws Exception {
          var folder = Path.of(folders[0]);
          var hearth = Hearth.builder().home(folder.resolve("home")).bindings(List.of(new Program())).build();
          var recipe = RunRequest.of(folder.resolve("recipe.js"));
          var one = hearth.start(recipe.param("name", "one"), event -> {});
          var two = hearth.start(recipe.param("name", "two"), event -> {});
          System.out.println(one.await().value() + " " + two.await().value());
          var failed = hearth.run(recipe.param("name", ""), event -> {
            if (event instanceof RunEvent.Printed printed) System.out.println(printed.text());
          });
          var error = failed.error();
          System.out.println(failed.status() + " " + failed.exitStatus() + " " + error.code());
          System.out.println(error.message() + " " + error.location().line());
          try {
            hearth.run(recipe, event -> {});
          } catch (HearthException e) {
            System.out.println(e.id() + " " + e.kind().exitStatus());
          }
        }
      }
      """;

  private static final String FACADE =
      """
      import { open } from 'hearth:binding';
      const ops = open('greet');
      export const greet = (name) => ops.greet({ name });
      """;

  private static final String RECIPE =
      """
      import { greet } from 'hearth:greet';
      export const recipe = { params: { name: { type: 'string', required: true } } };
      export default async ({ params }) => {
        console.log('greeting');
        if (params.name === '') throw new Error('Nobody to greet.');
        return greet(params.name);
      };
      """;

  private final Path folder;

  EmbeddingTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** What a program has that takes Hearth as a dependency: no tests, no sources. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private String execute(Path where, String program, String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", program).toString());
    command.addAll(List.of(arguments));
    var output = folder.resolve(program + ".out");
    var builder = new ProcessBuilder(command).directory(where.toFile());
    for (var kind : List.of("STATE", "CONFIG", "DATA", "CACHE")) {
      builder.environment().put("HEARTH_" + kind + "_HOME", folder.resolve("home").toString());
    }
    var process =
        builder
            .redirectOutput(output.toFile())
            .redirectError(folder.resolve(program + ".err").toFile())
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(program + " ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(folder.resolve(program + ".err"))).isZero();
    return Files.readString(output);
  }

  private String compileAndRun(String name, String source, Path where) throws Exception {
    var file = folder.resolve("source/" + name.replace('.', '/') + ".java");
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, source);
    var classes = folder.resolve("classes");
    execute(where, "javac", "-cp", classPath(), "-d", classes.toString(), file.toString());
    return execute(
        where,
        "java",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        classes + File.pathSeparator + classPath(),
        name,
        folder.toString());
  }

  @Test
  void the_program_in_the_readme_is_under_ten_lines_and_builds_a_template() throws Exception {
    var root = Checkout.root();
    var block = JAVA.matcher(Files.readString(root.resolve("README.md")));
    assertThat(block.find()).isTrue();
    var program = block.group(1);
    assertThat(program.lines()).hasSizeLessThan(10);

    var output = compileAndRun("Embedded", program, root);
    assertThat(output).contains("Started[", "StepFinished[", "Finished[");
    assertThat(output.lines().reduce("", (_, line) -> line)).contains("\"vmid\":");
  }

  @Test
  void a_program_brings_a_binding_runs_two_recipes_at_once_and_sees_why_one_failed()
      throws Exception {
    Files.writeString(folder.resolve("recipe.js"), RECIPE);
    Files.createDirectories(folder.resolve("classes/greet"));
    Files.writeString(folder.resolve("classes/greet/greet.js"), FACADE);
    assertThat(compileAndRun("greet.Program", OWN_BINDING, folder))
        .isEqualTo(
            """
            "hello one" "hello two"
            greeting
            FAILED 1 recipe.error
            Nobody to greet. 5
            param.missing 2
            """);
  }
}
