package dev.hearth.runtime.module;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.LocalSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file belongs to which library. */
class LibraryFoldersTest {
  private final Path root;
  private final LibraryFolders libraries;

  LibraryFoldersTest(@TempDir Path folder) throws IOException {
    root = folder.toRealPath();
    libraries = new LibraryFolders(new ImportRoot(root, false), new LocalSources());
  }

  private void manifest(String folder, String json) throws IOException {
    var file = root.resolve(folder).resolve("package.json");
    Files.createDirectories(requireNonNull(file.getParent()));
    Files.writeString(file, json);
  }

  private String owner(String file) {
    return libraries.of(root.resolve(file)).map(LibraryFolders.Library::name).orElse("recipe");
  }

  @Test
  void the_nearest_manifest_with_permissions_owns_a_file() throws IOException {
    manifest("lib", "{ \"name\": \"outer\", \"hearth\": { \"permissions\": {} } }");
    manifest("lib/inner", "{ \"hearth\": { \"permissions\": {} } }");
    manifest("lib/plain", "{ \"name\": \"plain\" }");
    manifest("helpers", "{ \"name\": \"helpers\", \"hearth\": {} }");

    assertThat(owner("recipe.js")).isEqualTo("recipe");
    assertThat(owner("helpers/a.js")).isEqualTo("recipe");
    assertThat(owner("lib/src/a.js")).isEqualTo("outer");
    assertThat(owner("lib/plain/a.js")).isEqualTo("outer");
    assertThat(owner("lib/inner/a.js")).isEqualTo("inner");
  }

  @Test
  void the_recipes_own_package_is_no_library() throws IOException {
    manifest("", "{ \"hearth\": { \"permissions\": { \"net\": [\"a.org:443\"] } } }");
    assertThat(owner("a.js")).isEqualTo("recipe");
    assertThat(owner("below/a.js")).isEqualTo("recipe");
  }

  @Test
  void a_manifest_that_says_nothing_readable_makes_no_file_the_recipes() throws IOException {
    manifest("broken", "{ \"hearth\"");
    manifest("wrong", "{ \"hearth\": { \"permissions\": [] } }");
    for (var folder : new String[] {"broken", "wrong"}) {
      var error = catchThrowableOfType(HearthException.class, () -> owner(folder + "/a.js"));
      assertThat(error.id()).isEqualTo("module.library-malformed");
    }
  }
}
