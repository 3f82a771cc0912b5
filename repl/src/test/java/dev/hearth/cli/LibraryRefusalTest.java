package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody reads whose library was refused something. */
class LibraryRefusalTest {
  private final Path folder;
  private final TypedCommand hearth;

  LibraryRefusalTest(@TempDir Path temp) throws IOException {
    folder = temp.toRealPath();
    hearth = new TypedCommand().at(folder.resolve("home"));
    Files.createDirectories(folder.resolve("lib"));
    Files.writeString(
        folder.resolve("lib/index.js"),
        "import { env } from 'hearth:env';\nexport const user = () => env.get('USER');\n");
    Files.writeString(
        folder.resolve("recipe.js"),
        """
        import { user } from './lib/index.js';
        export const recipe = { permissions: { env: ['USER'] } };
        export default () => user();
        """);
  }

  private int runWithLibraryThatDeclares(String permissions) throws IOException {
    Files.writeString(
        folder.resolve("lib/package.json"),
        "{\"name\":\"who\",\"version\":\"1.0.0\",\"hearth\":{\"permissions\":%s}}"
            .formatted(permissions));
    hearth.set("USER", "me");
    return hearth.type("run", folder.resolve("recipe.js").toString(), "--allow-env=USER");
  }

  @Test
  void it_is_not_sent_to_the_recipe_which_has_what_the_library_lacks() throws IOException {
    assertThat(runWithLibraryThatDeclares("{}")).isEqualTo(3);
    assertThat(hearth.err())
        .contains("library who")
        .contains("permission.denied")
        .contains("hint: A library may do what its `package.json` declares")
        .doesNotContain("--allow-env");
  }

  @Test
  void what_both_declare_is_allowed() throws IOException {
    assertThat(runWithLibraryThatDeclares("{\"env\":[\"USER\"]}")).as(hearth.err()).isZero();
    assertThat(hearth.out()).isEqualTo("me\n");
  }

  @Test
  void who_is_asked_reads_what_the_library_gets_and_what_only_the_recipe_does() throws IOException {
    Files.writeString(
        folder.resolve("lib/package.json"),
        """
        {"name":"who\\u001b[2J","version":"1.2.0",
         "hearth":{"permissions":{"env":["USER","SHELL"],"read":["/etc"]}}}
        """);
    Files.writeString(
        folder.resolve("recipe.js"),
        """
        import { user } from './lib/index.js';
        export const recipe = { permissions: { env: ['USER', 'HOME'] } };
        export default () => user();
        """);
    hearth.set("USER", "me").onTerminal().input("o\n");
    assertThat(hearth.type("run", folder.resolve("recipe.js").toString()))
        .as(hearth.err())
        .isZero();
    assertThat(hearth.err().replace(folder + "/", ""))
        .startsWith(
            """
            recipe.js asks to be allowed to
              - see the environment variable `USER`
              - see the environment variable `HOME`
            of that, library who\\u{1B}[2J 1.2.0 is to be allowed to
              - see the environment variable `USER`
            Allow all of it?""");
  }
}
