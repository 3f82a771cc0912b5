package dev.hearth.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bindings keep between runs. */
class CacheFolderTest {
  private final Path home;
  private final List<String> told = new ArrayList<>();
  private final CacheFolder cache;

  CacheFolderTest(@TempDir Path home) {
    this.home = home.resolve("cache");
    this.cache =
        new CacheFolder(this.home, "proxmox", (level, message, fields) -> told.add(message));
  }

  @Test
  void a_text_is_kept_for_the_user_alone_and_replaced() throws Exception {
    assertThat(cache.read("schema.json")).isEmpty();
    assertThat(home).doesNotExist();

    cache.keep("schema.json", "first");
    cache.keep("schema.json", "second");

    assertThat(cache.read("schema.json")).contains("second");
    var file = home.resolve("proxmox/schema.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(told).isEmpty();
  }

  @Test
  void one_binding_does_not_see_what_another_keeps() {
    cache.keep("schema.json", "ours");
    assertThat(new CacheFolder(home, "docker", (l, m, f) -> told.add(m)).read("schema.json"))
        .isEmpty();
  }

  @Test
  void it_does_not_grow_for_ever() {
    for (int i = 0; i < 40; i++) {
      cache.keep("text-" + i, "x");
    }
    cache.keep("large", "x".repeat((8 << 20) + 1));
    assertThat(home.resolve("proxmox").toFile().list((folder, name) -> !name.startsWith(".")))
        .hasSizeLessThanOrEqualTo(16)
        .contains("text-39")
        .doesNotContain("large");
  }

  @Test
  void what_others_could_have_written_is_not_read_and_the_reason_is_told() throws Exception {
    cache.keep("schema.json", "ours");
    Files.setPosixFilePermissions(
        home.resolve("proxmox/schema.json"), PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(cache.read("schema.json")).isEmpty();
    assertThat(told).singleElement().asString().startsWith("The cache was not used: ");
  }

  @Test
  void a_folder_that_cannot_be_made_stops_nobody() throws Exception {
    Files.writeString(home, "a file where the folder should be");
    cache.keep("schema.json", "x");
    assertThat(cache.read("schema.json")).isEmpty();
    assertThat(told).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../x", "a/b", ".hidden", "a\u0000b"})
  void a_name_cannot_lead_elsewhere(String name) {
    assertThatThrownBy(() -> cache.keep(name, "x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cache.read(name)).isInstanceOf(IllegalArgumentException.class);
  }
}
