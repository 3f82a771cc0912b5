package dev.hearth.runtime.effect.gate;

import static dev.hearth.runtime.effect.gate.Gates.id;
import static dev.hearth.runtime.effect.gate.Gates.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.effect.file.SystemFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatedFilesTest {
  private final Gates gates = new Gates();
  private final Path root;
  private final Path granted;
  private final Path outside;

  GatedFilesTest(@TempDir Path temporary) throws IOException {
    root = temporary.toRealPath();
    granted = folder("granted");
    outside = folder("outside");
    file("granted/mine", "mine");
    file("outside/secret", "secret");
  }

  @Test
  void what_is_below_a_granted_folder_is_open() {
    var files = files("read=" + granted, "write=" + granted);

    files.writeText(granted.resolve("new"), "x");
    files.makeFolders(granted.resolve("a/b"));

    assertThat(files.list(granted)).containsExactly("a", "mine", "new");
    assertThat(files.readText(granted.resolve("mine"))).isEqualTo("mine");
  }

  @Test
  void what_is_elsewhere_is_refused_and_not_even_its_existence_is_told() {
    var files = files("read=" + granted, "write=" + granted);

    var error = refusal(() -> files.read(outside.resolve("secret")));
    assertThat(error.id()).isEqualTo("permission.denied");
    assertThat(error.sentence())
        .isEqualTo("recipe.js may not read `" + outside + "/secret`: it was not granted.");
    assertThat(error.hint()).endsWith("run it with `--allow-read=" + outside + "/secret`.");
    assertThat(id(() -> files.exists(outside.resolve("nothing")))).isEqualTo("permission.denied");
    assertThat(id(() -> files.list(outside))).isEqualTo("permission.denied");
    assertThat(id(() -> files.delete(outside.resolve("secret")))).isEqualTo("permission.denied");
    assertThat(outside.resolve("secret")).hasContent("secret");
  }

  @Test
  void two_dots_lead_nowhere() {
    var files = files("read=" + granted);

    assertThat(id(() -> files.read(granted.resolve("../outside/secret"))))
        .isEqualTo("permission.denied");
    assertThat(id(() -> files.read(granted.resolve("a/../../outside/secret"))))
        .isEqualTo("permission.denied");
    assertThat(id(() -> files.list(granted.resolve("..")))).isEqualTo("permission.denied");
  }

  @Test
  void a_link_that_leads_outside_is_refused_as_the_last_name_and_in_the_middle() {
    link("granted/file", outside.resolve("secret"));
    link("granted/folder", outside);
    var files = files("read=" + granted, "write=" + granted);

    var error = refusal(() -> files.read(granted.resolve("file")));
    assertThat(error.id()).isEqualTo("permission.leads-outside");
    assertThat(error.sentence())
        .isEqualTo(
            "recipe.js may not use `%s/file`: it leads to `%s/secret`, which was not granted."
                .formatted(granted, outside));
    assertThat(id(() -> files.read(granted.resolve("folder/secret"))))
        .isEqualTo("permission.leads-outside");
    assertThat(id(() -> files.list(granted.resolve("folder"))))
        .isEqualTo("permission.leads-outside");
    assertThat(id(() -> files.writeText(granted.resolve("file"), "x")))
        .isEqualTo("permission.leads-outside");
    assertThat(id(() -> files.writeText(granted.resolve("folder/new"), "x")))
        .isEqualTo("permission.leads-outside");
    assertThat(id(() -> files.makeFolders(granted.resolve("folder/new"))))
        .isEqualTo("permission.leads-outside");
    assertThat(id(() -> files.deleteTree(granted.resolve("folder/x"))))
        .isEqualTo("permission.leads-outside");
    assertThat(id(() -> files.copy(granted.resolve("file"), granted.resolve("copy"))))
        .isEqualTo("permission.leads-outside");
    assertThat(id(() -> files.copy(granted.resolve("mine"), granted.resolve("folder/copy"))))
        .isEqualTo("permission.leads-outside");
    assertThat(id(() -> files.realPath(granted.resolve("file"))))
        .isEqualTo("permission.leads-outside");
    assertThat(outside).isDirectoryNotContaining(path -> !path.endsWith("secret"));
    assertThat(outside.resolve("secret")).hasContent("secret");
  }

  @Test
  void a_link_that_stays_inside_is_followed() {
    link("granted/link", granted.resolve("mine"));

    assertThat(files("read=" + granted).readText(granted.resolve("link"))).isEqualTo("mine");
  }

  @Test
  void a_link_to_nothing_makes_nothing_outside() {
    link("granted/dangling", outside.resolve("new"));
    link("granted/dangling-folder", outside.resolve("newer"));
    var files = files("read=" + granted, "write=" + granted);

    files.writeText(granted.resolve("dangling"), "x"); // takes the place of the link
    assertThat(id(() -> files.append(granted.resolve("dangling-folder"), new byte[1])))
        .isEqualTo("file.link-in-the-way");
    assertThat(id(() -> files.makeFolders(granted.resolve("dangling-folder/x"))))
        .isEqualTo("file.link-in-the-way");

    assertThat(outside).isDirectoryNotContaining(path -> !path.endsWith("secret"));
  }

  @Test
  void a_link_itself_can_be_deleted() {
    link("granted/link", outside.resolve("secret"));

    files("write=" + granted).delete(granted.resolve("link"));

    assertThat(granted.resolve("link")).doesNotExist();
    assertThat(outside.resolve("secret")).hasContent("secret");
  }

  @Test
  void a_folder_swapped_for_a_link_after_the_check_leads_nowhere() throws IOException {
    var inner = folder("granted/inner");
    file("granted/inner/secret", "inside");
    link("granted/alias", inner);
    var checks = new AtomicInteger();
    // The second check is of the real path, and the last thing before the file is opened.
    gates.onFirst(
        entry -> {
          if (checks.incrementAndGet() == 2) {
            moveAway(inner);
            link("granted/inner", outside);
          }
        });

    var error = refusal(() -> files("read=" + granted).read(granted.resolve("alias/secret")));

    assertThat(checks).hasValue(2);
    assertThat(error.id()).isEqualTo("file.link-in-the-way");
  }

  @Test
  void a_file_swapped_for_a_link_after_the_check_is_not_written_to() {
    var swaps = new AtomicInteger();
    link("granted/alias", granted.resolve("mine"));
    gates.onFirst(
        entry -> {
          if (entry.permission().toString().endsWith("/mine") && swaps.incrementAndGet() == 1) {
            moveAway(granted.resolve("mine"));
            link("granted/mine", outside.resolve("secret"));
          }
        });
    var files = files("read=" + granted, "write=" + granted);

    assertThat(id(() -> files.append(granted.resolve("alias"), new byte[1])))
        .isEqualTo("file.link-in-the-way");
    assertThat(swaps).hasValue(1);
    assertThat(outside.resolve("secret")).hasContent("secret");
  }

  @Test
  void a_granted_link_means_what_it_led_to_when_it_was_granted() throws IOException {
    link("keys", granted);
    var files = files("read=" + root.resolve("keys"));

    assertThat(files.readText(root.resolve("keys/mine"))).isEqualTo("mine");
    assertThat(files.readText(granted.resolve("mine"))).isEqualTo("mine");

    java.nio.file.Files.delete(root.resolve("keys"));
    link("keys", outside);
    assertThat(id(() -> files.read(root.resolve("keys/secret"))))
        .isEqualTo("permission.leads-outside");
  }

  @Test
  void writing_is_not_reading_and_reading_is_not_writing() {
    assertThat(id(() -> files("write=" + granted).read(granted.resolve("mine"))))
        .isEqualTo("permission.denied");
    assertThat(id(() -> files("read=" + granted).writeText(granted.resolve("x"), "")))
        .isEqualTo("permission.denied");
  }

  @Test
  void nothing_is_moved_to_where_it_can_be_read() {
    var files = files("write=" + outside, "write=" + granted, "read=" + granted);

    assertThat(id(() -> files.move(outside.resolve("secret"), granted.resolve("x"))))
        .isEqualTo("permission.denied");
    assertThat(id(() -> files.copy(outside.resolve("secret"), granted.resolve("x"))))
        .isEqualTo("permission.denied");
  }

  @Test
  void hearths_own_files_are_closed_whatever_is_granted() throws IOException {
    var own = folder("config/hearth");
    file("config/hearth/secrets", "token");
    link("granted/own", own);
    gates.closed(own);
    var files = files("all");

    assertThat(id(() -> files.read(own.resolve("secrets")))).isEqualTo("permission.protected");
    assertThat(id(() -> files.exists(own))).isEqualTo("permission.protected");
    assertThat(id(() -> files.read(granted.resolve("own/secrets"))))
        .isEqualTo("permission.protected");
    assertThat(id(() -> files.writeText(own.resolve("new"), "x")))
        .isEqualTo("permission.protected");
    assertThat(id(() -> files.deleteTree(root.resolve("config"))))
        .isEqualTo("permission.protected");
    assertThat(id(() -> files.move(root.resolve("config"), root.resolve("mine"))))
        .isEqualTo("permission.protected");
    assertThat(id(() -> files.move(granted, root.resolve("config"))))
        .isEqualTo("permission.protected");
    assertThat(own.resolve("secrets")).hasContent("token");
  }

  @Test
  void hearths_own_folder_is_closed_before_it_exists() {
    gates.closed(root.resolve("later/hearth"));
    var files = files("all");

    assertThat(id(() -> files.makeFolders(root.resolve("later/hearth/recipes"))))
        .isEqualTo("permission.protected");
  }

  @Test
  void this_process_itself_is_no_file() {
    var files = files("all");

    for (var path : new String[] {"self/environ", "self/mem", "thread-self/environ", "self/root"}) {
      assertThat(id(() -> files.read(Path.of("/proc", path)))).isEqualTo("permission.protected");
    }
    assertThat(id(() -> files.read(Path.of("/dev/fd/0")))).isEqualTo("permission.protected");
  }

  @Test
  void a_grant_of_one_file_opens_that_file_only() {
    file("granted/other", "x");
    var files = files("read=" + granted.resolve("mine"), "write=" + granted.resolve("mine"));

    files.writeText(granted.resolve("mine"), "new");

    assertThat(files.readText(granted.resolve("mine"))).isEqualTo("new");
    assertThat(id(() -> files.read(granted.resolve("other")))).isEqualTo("permission.denied");
    assertThat(id(() -> files.list(granted))).isEqualTo("permission.denied");
  }

  @Test
  void a_folder_that_was_granted_before_it_exists_can_be_made() {
    var later = root.resolve("later/deep");
    var files = files("write=" + later);

    files.makeFolders(later.resolve("x"));

    assertThat(later.resolve("x")).isDirectory();
  }

  private Files files(String... flags) {
    return new SystemFiles(new GatedDoor(gates.granting(flags)), Limits.DEFAULT);
  }

  private Path folder(String name) throws IOException {
    return java.nio.file.Files.createDirectories(root.resolve(name));
  }

  private void file(String name, String content) {
    try {
      java.nio.file.Files.writeString(root.resolve(name), content);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void link(String name, Path target) {
    try {
      java.nio.file.Files.createSymbolicLink(root.resolve(name), target);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void moveAway(Path path) {
    try {
      java.nio.file.Files.move(path, root.resolve("away"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
