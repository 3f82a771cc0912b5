package dev.hearth.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recipe without permissions tries to read the user's files by importing them. */
class HostileImportTest {
  private static final String CANARY = "SECRETKEY";

  private final Path home;
  private final List<String> audited = new ArrayList<>();

  HostileImportTest(@TempDir Path folder) throws IOException {
    home = folder.toRealPath().resolve("home/user");
    file(".config/hearth/secrets.json", "{\"token\": \"SECRETKEY\"}");
    file(".docker/config.json", "{\"auth\": \"SECRETKEY\"}");
    file(".ssh/id_rsa", "SECRETKEY");
    file(".ssh/id.js", "SECRETKEY");
    file("wallet.json", "{\"key\": \"SECRETKEY\"}");
    file("notes.txt", "SECRETKEY");
  }

  private Path file(String name, String text) throws IOException {
    var file = home.resolve(name);
    Files.createDirectories(requireNonNull(file.getParent()));
    return Files.writeString(file, text);
  }

  private RunResult run(Path recipe, String... grants) throws Exception {
    var request = RunRequest.of(recipe);
    for (var grant : grants) {
      request = request.allow(grant);
    }
    return Hearth.builder()
        .environment(name -> Optional.of(home.toString()).filter(_ -> name.equals("HOME")))
        .bindings(List.of())
        .build()
        .start(
            request,
            event -> {
              if (event instanceof RunEvent.Audited entry) {
                audited.add((entry.granted() ? "used " : "refused ") + entry.permission());
              }
            })
        .await();
  }

  /** What each {@code import()} gives a recipe, or the code of its failure. */
  private List<String> learned(String recipe, List<String> imports, String... grants)
      throws Exception {
    var all = new ArrayList<String>();
    for (var each : imports) {
      var text = "export default async () => (await import(%s)).default;".formatted(each);
      var result = run(file(recipe, text), grants);
      var error = result.error();
      assertThat(String.valueOf(error)).doesNotContain(CANARY);
      all.add(error == null ? "GOT " + result.value() : error.code());
    }
    return all;
  }

  private static String json(String file) {
    return "'" + file + "', { with: { type: 'json' } }";
  }

  @Test
  void from_the_home_folder_nothing_hidden_can_be_had() throws Exception {
    assertThat(
            learned(
                "recipe.js",
                List.of(
                    json("./.config/hearth/secrets.json"),
                    json("./.docker/config.json"),
                    "'./.ssh/id_rsa'",
                    "'./.ssh/' + ['id', 'js'].join('.')",
                    "'./.ssh/not-there'",
                    "'./lib/../.ssh/id.js'",
                    "'file://" + home + "/%2essh/id.js'",
                    "'file://host" + home + "/.ssh/id.js'",
                    "'file:.ssh/id.js'",
                    "'./notes.txt'")))
        .containsExactly(
            "module.protected",
            "module.hidden",
            "module.hidden",
            "module.hidden",
            "module.hidden",
            "module.hidden",
            "module.hidden",
            "module.scheme",
            "module.scheme",
            "module.not-a-module");
  }

  @Test
  void who_catches_the_refusal_learns_nothing_of_the_file() throws Exception {
    var text =
        "export default async () => { try { await import('./.ssh/id_rsa'); }"
            + " catch (e) { return `${e} ${e.stack} ${JSON.stringify(e)}`; } };";

    assertThat(String.valueOf(run(file("recipe.js", text)).value()))
        .contains("hearth-refused-import-0")
        .doesNotContain(CANARY);
  }

  @Test
  void a_static_import_of_secrets_fails_before_a_line_runs() throws Exception {
    var result =
        run(
            file(
                "recipe.js",
                "import p from './.config/hearth/secrets.json' with { type: 'json' };\n"
                    + "export default () => p;"));
    var error = requireNonNull(result.error());

    assertThat(error.code()).isEqualTo("module.protected");
    assertThat(error.toString()).doesNotContain(CANARY);
    assertThat(audited).contains("refused read=" + home + "/.config/hearth/secrets.json");
  }

  @Test
  void a_package_json_in_the_home_folder_opens_nothing_of_it() throws Exception {
    file("package.json", "{}");
    Files.writeString(requireNonNull(home.getParent()).resolve("package.json"), "{}");

    assertThat(
            learned(
                "recipes/recipe.js",
                List.of(
                    json("../wallet.json"),
                    json("../.config/hearth/secrets.json"),
                    "'../.ssh/id_rsa'",
                    "'../.ssh/not-there'")))
        .containsExactly("module.outside", "module.protected", "module.outside", "module.outside");
  }

  @Test
  void a_link_shows_no_more_than_what_it_leads_to() throws Exception {
    var folder = Files.createDirectories(home.resolve("recipes"));
    Files.createSymbolicLink(folder.resolve("key.js"), home.resolve(".ssh/id.js"));
    Files.createSymbolicLink(folder.resolve("own"), home.resolve(".config/hearth"));
    Files.writeString(folder.resolve("note"), CANARY);
    Files.createSymbolicLink(folder.resolve("note.js"), folder.resolve("note"));

    assertThat(
            learned(
                "recipes/recipe.js",
                List.of("'./key.js'", json("./own/secrets.json"), "'./note.js'")))
        .containsExactly("module.outside", "module.protected", "module.not-a-module");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "HOME", "HOME/.config/hearth"})
  void no_grant_opens_hearths_own_files_to_an_import(String granted) throws Exception {
    var grant = "read=" + granted.replace("HOME", home.toString());

    assertThat(
            learned(
                "recipes/recipe.js",
                List.of(json("../.config/hearth/secrets.json"), "'../.config/hearth/x.js'"),
                grant))
        .containsExactly("module.protected", "module.protected");
    assertThat(audited)
        .containsExactly(
            "refused read=" + home + "/.config/hearth/secrets.json",
            "refused read=" + home + "/.config/hearth/x.js");
  }

  @Test
  void what_was_granted_is_imported_also_when_it_is_hidden_or_outside() throws Exception {
    file(".lib/a.txt", "export default 1;");

    assertThat(
            learned(
                "recipes/recipe.js",
                List.of("'../.lib/a.txt'", json("../wallet.json")),
                "read=~/.lib",
                "read=" + home + "/wallet.json"))
        .containsExactly("GOT 1", "GOT {\"key\":\"SECRETKEY\"}");
  }

  @Test
  void neighbours_in_the_home_folder_and_a_package_below_it_are_imported() throws Exception {
    file("lib.js", "export default 1;");
    file("own/package.json", "{}");
    file("own/shared.mjs", "export default 2;");

    assertThat(learned("recipe.js", List.of("'./lib.js'"))).containsExactly("GOT 1");
    assertThat(learned("own/recipes/recipe.js", List.of("'../shared.mjs'")))
        .containsExactly("GOT 2");
  }

  @Test
  void a_refusal_names_the_grant_and_a_package_only_where_that_opens_little() throws Exception {
    file("own/lib.js", "export default 1;");
    var text = "import x from '%s';\nexport default () => x;";
    var inHome = run(file("recipes/recipe.js", text.formatted("../wallet.json")));
    var inOwn = run(file("own/recipes/recipe.js", text.formatted("../lib.js")));

    assertThat(requireNonNull(inHome.error()).hint())
        .isEqualTo("Run it with `--allow-read=%s/wallet.json`.".formatted(home));
    assertThat(requireNonNull(inOwn.error()).hint())
        .isEqualTo(
            "Run it with `--allow-read=%1$s/own/lib.js`, or put a `package.json` into `%1$s/own` if all in there is one project."
                .formatted(home));
  }
}
