package dev.hearth.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.HearthException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where Hearth's own folders are. */
class PlacesTest {
  private static Places places(Map<String, String> environment) {
    return Places.of(name -> Optional.ofNullable(environment.get(name)));
  }

  @Test
  void without_variables_the_folders_stand_where_the_xdg_specification_says() {
    assertThat(places(Map.of("HOME", "/home/ada")))
        .isEqualTo(
            new Places(
                Path.of("/home/ada/.config/hearth"),
                Path.of("/home/ada/.local/share/hearth"),
                Path.of("/home/ada/.local/state/hearth"),
                Path.of("/home/ada/.cache/hearth"),
                Path.of("/home/ada/.cache/hearth/run")));
  }

  @Test
  void xdg_variables_move_them() {
    var places =
        places(
            Map.of(
                "HOME", "/home/ada",
                "XDG_CONFIG_HOME", "/x/config",
                "XDG_DATA_HOME", "/x/data",
                "XDG_STATE_HOME", "/x/state",
                "XDG_CACHE_HOME", "/x/cache",
                "XDG_RUNTIME_DIR", "/run/user/1000"));
    assertThat(places)
        .isEqualTo(
            new Places(
                Path.of("/x/config/hearth"),
                Path.of("/x/data/hearth"),
                Path.of("/x/state/hearth"),
                Path.of("/x/cache/hearth"),
                Path.of("/run/user/1000/hearth")));
  }

  @Test
  void hearths_own_variables_name_the_folders_themselves_and_win() {
    var places =
        places(
            Map.of(
                "XDG_CONFIG_HOME", "/x/config",
                "HEARTH_CONFIG_HOME", "/h/config",
                "HEARTH_DATA_HOME", "/h/data",
                "HEARTH_STATE_HOME", "/h/../h/state",
                "HEARTH_CACHE_HOME", "/h/cache",
                "HEARTH_RUNTIME_DIR", "/h/run"));
    assertThat(places)
        .isEqualTo(
            new Places(
                Path.of("/h/config"),
                Path.of("/h/data"),
                Path.of("/h/state"),
                Path.of("/h/cache"),
                Path.of("/h/run")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"relative", "", "~/config", "/a\u0000b"})
  void xdg_variables_that_are_no_absolute_path_are_ignored_as_the_specification_says(String value) {
    assertThat(places(Map.of("HOME", "/home/ada", "XDG_CONFIG_HOME", value)).config())
        .isEqualTo(Path.of("/home/ada/.config/hearth"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"relative", "~/config", "/a\u0000b"})
  void a_variable_of_hearths_own_that_is_no_absolute_path_is_an_error(String value) {
    assertThatThrownBy(() -> places(Map.of("HOME", "/h", "HEARTH_STATE_HOME", value)))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> {
              assertThat(e.id()).isEqualTo("settings.folder-not-absolute");
              assertThat(e.sentence()).contains("HEARTH_STATE_HOME").doesNotContain("\u0000");
            });
  }

  @Test
  void nothing_is_made_by_asking(@TempDir Path home) {
    var _ = places(Map.of("HOME", home.toString())).protectedPaths();
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void folders_behind_links_are_protected_under_both_names(@TempDir Path home) throws Exception {
    var real = Files.createDirectory(home.resolve("dotfiles"));
    Files.createSymbolicLink(home.resolve(".config"), real);
    assertThat(places(Map.of("HOME", home.toString())).protectedPaths())
        .contains(home.resolve(".config/hearth"), real.toRealPath().resolve("hearth"));
  }
}
