package dev.hearth.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user allows for good holds for the files that they looked at, and for no others. */
class RememberedGrantsTest {
  private final Path folder;
  private final TypedCommand hearth;

  RememberedGrantsTest(@TempDir Path temp) throws IOException {
    folder = temp.toRealPath();
    hearth = new TypedCommand().at(folder.resolve("home"));
    file("lib/names.js", "export const name = 'a';");
    file(
        "recipe.js",
        """
        import { name } from './lib/names.js';
        export const recipe = { permissions: { net: ['a.example:443'], env: ['LANG'] } };
        export default () => name;
        """);
  }

  private Path file(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(requireNonNull(file.getParent()));
    return Files.writeString(file, text);
  }

  private String recipe() {
    return folder.resolve("recipe.js").toString();
  }

  private int run(String... more) {
    var all = new java.util.ArrayList<>(java.util.List.of("run", recipe()));
    all.addAll(java.util.List.of(more));
    return hearth.type(all.toArray(String[]::new));
  }

  @Test
  void once_asks_again_and_always_does_not() {
    hearth.onTerminal();
    hearth.input("o\n");
    assertThat(run()).isZero();
    hearth.input("n\n");
    assertThat(run()).isEqualTo(3);
    hearth.input("a\n");
    assertThat(run()).isZero();
    assertThat(run()).isZero();
    assertThat(hearth.err()).doesNotContain("asks to be allowed");
  }

  @Test
  void without_a_terminal_only_what_is_remembered_counts() {
    assertThat(run()).isEqualTo(3);
    assertThat(run("--allow-net=a.example:443", "--allow-env=LANG")).isZero();
    assertThat(run()).isEqualTo(3); // flags hold for one run
    assertThat(run("--allow-net=a.example:443", "--allow-env=LANG", "--remember")).isZero();
    assertThat(run()).isZero();
  }

  @Test
  void yes_can_be_remembered() {
    assertThat(run("--yes", "--remember")).isZero();
    assertThat(run()).isZero();
  }

  @Test
  void a_flag_beyond_the_declaration_holds_for_one_run_even_when_it_is_remembered() {
    assertThat(run("--allow-all", "--remember")).isZero();
    assertThat(hearth.type("permissions", "show", recipe())).isZero();
    assertThat(hearth.out())
        .contains("connect to a.example:443  net=a.example:443, since ")
        .contains("see the environment variable `LANG`  env=LANG, since ")
        .contains("lib/names.js\n")
        .doesNotContain("everything");
  }

  @Test
  void a_change_of_an_imported_file_asks_again_and_says_what_changed() throws IOException {
    assertThat(run("--yes", "--remember")).isZero();
    file("lib/names.js", "export const name = 'evil';");
    assertThat(run()).isEqualTo(3);
    assertThat(hearth.err())
        .contains("permission.changed")
        .contains("again: `lib/names.js` has changed since you allowed it.");
    hearth.onTerminal().input("n\n");
    assertThat(run()).isEqualTo(3);
    assertThat(hearth.err())
        .contains("It is not as it was when you allowed it:\n  ! `lib/names.js` has changed\n");
    hearth.input("a\n");
    assertThat(run()).isZero();
    assertThat(run()).isZero();
  }

  @Test
  void a_change_of_the_recipe_a_lost_file_and_a_link_in_its_place_ask_again() throws IOException {
    assertThat(run("--yes", "--remember")).isZero();
    var recipe = Files.readString(Path.of(recipe()));
    file("recipe.js", recipe + " ");
    assertThat(run()).isEqualTo(3);
    assertThat(hearth.err()).contains("`recipe.js` has changed");
    file("recipe.js", recipe);
    assertThat(run()).isZero();

    Files.move(folder.resolve("lib/names.js"), folder.resolve("lib/other.js"));
    assertThat(run()).isEqualTo(3);
    assertThat(hearth.err()).contains("`lib/names.js` is gone");
    Files.createSymbolicLink(folder.resolve("lib/names.js"), Path.of("other.js"));
    assertThat(run()).isEqualTo(3);
    assertThat(hearth.err()).contains("`lib/names.js` is a link now");
  }

  @Test
  void a_copy_elsewhere_is_another_recipe() throws IOException {
    assertThat(run("--yes", "--remember")).isZero();
    file("other/lib/names.js", Files.readString(folder.resolve("lib/names.js")));
    var copy = file("other/recipe.js", Files.readString(Path.of(recipe())));
    assertThat(hearth.type("run", copy.toString())).isEqualTo(3);
  }

  @Test
  void a_file_found_by_a_computed_path_is_not_among_those_that_were_allowed() throws IOException {
    file("lib/late.js", "export const name = 'late';");
    file(
        "recipe.js",
        """
        export const recipe = { permissions: { env: ['LANG'] } };
        export default async () => (await import('./lib/' + 'late.js')).name;
        """);
    assertThat(run("--allow-env=LANG")).isZero();
    assertThat(run("--yes", "--remember")).isEqualTo(3);
    assertThat(hearth.err())
        .contains("`lib/late.js` is not among the files that you allowed, or has changed since.");
    assertThat(run()).isEqualTo(3);
    assertThat(run("--allow-env=LANG")).isZero();
  }

  @Test
  void what_is_remembered_is_listed_shown_and_taken_back() throws IOException {
    assertThat(hearth.type("permissions", "list")).isZero();
    assertThat(hearth.err()).startsWith("Nothing is allowed for good.");
    assertThat(run("--yes", "--remember")).isZero();

    assertThat(hearth.type("permissions", "list", "--json")).isZero();
    var listed = new ObjectMapper().readTree(hearth.out()).path("recipes").path(0);
    assertThat(listed.path("recipe").asText()).isEqualTo(recipe());
    assertThat(listed.path("holds").asBoolean()).isTrue();
    assertThat(listed.path("files").size()).isEqualTo(2);
    assertThat(listed.path("allowed").path(0).path("permission").asText())
        .isEqualTo("net=a.example:443");

    assertThat(hearth.type("permissions", "revoke", recipe())).isZero();
    assertThat(run()).isEqualTo(3);
    assertThat(hearth.type("permissions", "revoke", recipe())).isEqualTo(2);
    assertThat(hearth.err()).contains("grant.not-remembered");

    assertThat(run("--yes", "--remember")).isZero();
    assertThat(hearth.type("permissions", "revoke", "--all")).isZero();
    assertThat(run()).isEqualTo(3);
    assertThat(hearth.type("permissions", "revoke")).isEqualTo(2);
    assertThat(hearth.type("permissions", "revoke", recipe(), "--all")).isEqualTo(2);
  }

  @Test
  void the_file_is_the_users_alone_and_a_mistake_in_it_is_told_with_its_line() throws IOException {
    assertThat(run("--yes", "--remember")).isZero();
    var file = folder.resolve("home/config/grants.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.writeString(file, Files.readString(file).replace("\"since\" : \"", "\"since\" : \"x"));
    assertThat(run()).isEqualTo(2);
    assertThat(hearth.err()).contains("grants.json:").contains("has a path or a time that is none");
    assertThat(hearth.type("permissions", "revoke", "--all")).isZero();
    assertThat(run()).isEqualTo(3);
  }

  @Test
  void a_simulated_grant_is_not_remembered() throws IOException {
    assertThat(run("--simulate", "--allow-env=LANG", "--remember")).isZero();
    assertThat(run()).isEqualTo(3);
    assertThat(hearth.err()).contains("connect to a.example:443").doesNotContain("variable");
  }
}
