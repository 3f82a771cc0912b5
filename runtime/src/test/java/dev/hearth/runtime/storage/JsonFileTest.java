package dev.hearth.runtime.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import dev.hearth.runtime.HearthException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of JSON on a real disk. What is special about secrets stands in their own test. */
class JsonFileTest {
  private final Path folder;
  private final Path file;

  JsonFileTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("world.json");
  }

  @Test
  void a_file_of_the_users_may_stand_where_others_can_write_and_leaves_nothing_beside_it()
      throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    JsonFile.ofProject(file).update(content -> content.root().put("a", 1));
    assertThat(JsonFile.ofProject(file).read().root().path("a").intValue()).isEqualTo(1);
    try (var all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void a_change_that_fails_leaves_the_file_as_it_was() {
    var json = JsonFile.own(file);
    json.update(content -> content.root().put("a", 1));
    assertThatThrownBy(
            () ->
                json.update(
                    content -> {
                      content.root().put("a", 2);
                      throw new IllegalStateException("half-way");
                    }))
        .hasMessage("half-way");
    assertThat(json.read().root().path("a").intValue()).isEqualTo(1);
  }

  @Test
  void no_change_writes_nothing() throws Exception {
    JsonFile.own(file).update(content -> content.root().put("a", 1));
    Files.writeString(file, "{\"a\":1}");
    JsonFile.own(file).update(content -> content.root().put("a", 1));
    assertThat(file).hasContent("{\"a\":1}");
  }

  @Test
  void what_could_not_be_read_again_is_not_written() {
    var json = JsonFile.own(file);
    assertThatThrownBy(() -> json.update(content -> content.root().put("a", "x".repeat(17 << 20))))
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.id()).isEqualTo("storage.too-big"));
    assertThat(file).doesNotExist();
  }

  @Test
  void a_read_only_folder_is_an_error_with_its_reason() throws Exception {
    Files.writeString(folder.resolve("plain"), "");
    assertThatThrownBy(
            () -> JsonFile.own(folder.resolve("plain/x.json")).update(c -> c.root().put("a", 1)))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> {
              assertThat(e.id()).isEqualTo("storage.folder-not-created");
              assertThat(e.details()).containsKey("reason");
            });
  }

  @Test
  void the_place_of_a_value_is_the_line_of_its_name() throws Exception {
    Files.writeString(file, "{\n\"a/b~c\": [1,\n{\"x\":\n2}]}");
    var content = JsonFile.own(file).read();
    assertThat(content.place(JsonPointer.compile("/a~1b~0c/1/x"))).isEqualTo(file + ":3");
    assertThat(content.place(JsonPointer.compile("/nowhere"))).isEqualTo(file.toString());
  }
}
