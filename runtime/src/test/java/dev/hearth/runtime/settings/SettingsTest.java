package dev.hearth.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Limit;
import dev.hearth.runtime.engine.OpLimits;
import dev.hearth.runtime.run.RunLimits;
import dev.hearth.runtime.settings.SettingOrigin.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings from all their sources. */
class SettingsTest {
  private final Path config;
  private final Path recipe;
  private final Path userFile;
  private final Path projectFile;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> flags = new HashMap<>();

  SettingsTest(@TempDir Path temp) throws IOException {
    config = Files.createDirectory(temp.resolve("config"));
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rwx------"));
    recipe = Files.createDirectories(temp.resolve("project/recipes/proxmox"));
    userFile = config.resolve("settings.json");
    projectFile = Files.createDirectory(temp.resolve("project/.hearth")).resolve("settings.json");
  }

  private Settings load() {
    return Settings.load(flags, name -> Optional.ofNullable(environment.get(name)), config, recipe);
  }

  private static void assertError(ThrowingCallable call, String sentence, String hint) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> {
              assertThat(e.sentence()).isEqualTo(sentence);
              assertThat(e.hint()).isEqualTo(hint);
            });
  }

  @Test
  void without_any_file_all_is_at_its_default_and_nothing_is_made() {
    var settings = load();
    assertThat(settings.list())
        .allSatisfy(
            listed -> {
              assertThat(listed.value()).isEqualTo(listed.fallback());
              assertThat(listed.origin()).isEqualTo(new SettingOrigin(Kind.DEFAULT, "built in"));
            });
    assertThat(config).isEmptyDirectory();
    assertThat(settings.list()).isEqualTo(Settings.defaults().list());
  }

  @Test
  void the_defaults_are_those_that_the_code_falls_back_to_without_settings() {
    var settings = Settings.defaults();
    assertThat(RunLimits.of(settings)).isEqualTo(RunLimits.DEFAULT);
    for (var limit : Limit.values()) {
      assertThat(settings.limits().get(limit)).isEqualTo(limit.defaultValue());
    }
    assertThat(OpLimits.DEFAULT)
        .isEqualTo(
            new OpLimits(
                Math.toIntExact(settings.get(Setting.OPERATIONS)),
                Math.toIntExact(settings.get(Setting.WAITING_OPERATIONS)),
                Math.toIntExact(settings.get(Setting.RESULT_BYTES))));
  }

  @Test
  void a_flag_beats_the_environment_beats_the_project_beats_the_user_beats_the_default()
      throws Exception {
    Files.writeString(userFile, "{\"limits\":\n{\"operations\": 100}}");
    assertOperations(100, Kind.USER, userFile + ":2");
    Files.writeString(projectFile, "{\"limits.operations\": 50}");
    assertOperations(50, Kind.PROJECT, projectFile + ":1");
    environment.put("HEARTH_LIMITS_OPERATIONS", "200");
    assertOperations(200, Kind.ENVIRONMENT, "HEARTH_LIMITS_OPERATIONS");
    flags.put("limits.operations", "300");
    assertOperations(300, Kind.FLAG, "the command line");
  }

  private void assertOperations(long value, Kind kind, String place) {
    assertThat(load().get(Setting.OPERATIONS)).isEqualTo(value);
    assertThat(load().origin(Setting.OPERATIONS)).isEqualTo(new SettingOrigin(kind, place));
  }

  @Test
  void a_project_can_lower_what_the_user_allows_and_not_raise_it() throws Exception {
    Files.writeString(projectFile, "{\n\"limits\":{\n\"stepResultBytes\":\"2MiB\"}}");
    assertError(
        this::load,
        "The project's settings ("
            + projectFile
            + ":3) want `limits.stepResultBytes` to be 2MiB; you allow 1MiB.",
        "If you trust the project, set `limits.stepResultBytes` to 2MiB in your own"
            + " `settings.json`.");

    Files.writeString(userFile, "{\"limits\":{\"stepResultBytes\":\"2MiB\"}}");
    assertThat(load().get(Setting.STEP_RESULT_BYTES)).isEqualTo(2L << 20);
  }

  @Test
  void limits_of_the_gate_are_settings_too() {
    environment.put("HEARTH_LIMITS_CONNECTIONS_PER_HOST", "3");
    assertThat(load().limits().get(Limit.CONNECTIONS_PER_HOST)).isEqualTo(3);
    assertThat(load().limits().get(Limit.PROCESSES)).isEqualTo(32);
  }

  @Test
  void sizes_and_times_are_read_with_their_units() {
    environment.put("HEARTH_LIMITS_STEP_RESULT_BYTES", "512KiB");
    environment.put("HEARTH_TIMEOUTS_GRACE", "1.5s");
    assertThat(load().get(Setting.STEP_RESULT_BYTES)).isEqualTo(512L << 10);
    assertThat(load().get(Setting.GRACE)).isEqualTo(Duration.ofMillis(1500));
    assertThat(load().list())
        .extracting(Settings.Listed::value)
        .containsExactly(
            "256", "100000", "64MiB", "512KiB", "64MiB", "1024GiB", "256", "32", "64MiB", "16MiB",
            "1.5s", "200", "30d", "info", "4MiB", "5", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1024", "1MB", "-1MiB", "1 MiB", "999999999999GiB", "NaN", "1e3KiB", "\u001b[2J"})
  void what_is_no_size_is_refused_with_an_example(String text) {
    environment.put("HEARTH_LIMITS_STEP_RESULT_BYTES", text);
    assertError(
        this::load,
        "The setting `limits.stepResultBytes` is wrong (HEARTH_LIMITS_STEP_RESULT_BYTES): it must"
            + " be a size with its unit, such as 512KiB, 64MiB or 1GiB.",
        "Correct it there, or take it out there.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0B", "1023B", "17MiB"})
  void what_makes_no_sense_is_refused_with_the_range(String text) {
    flags.put("limits.stepResultBytes", text);
    assertError(
        this::load,
        "The setting `limits.stepResultBytes` is wrong (the command line): it must be from 1KiB to"
            + " 16MiB.",
        "Correct it there, or take it out there.");
  }

  @Test
  void a_project_cannot_have_the_runs_of_its_user_forgotten() throws Exception {
    Files.writeString(projectFile, "{\"runs\":\n{\"keep\":1}}");
    assertError(
        this::load,
        "The setting `runs.keep` cannot be set by a project (" + projectFile + ":2).",
        "Take it out there; if you want it, set it in your own `settings.json`.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INFO", "warning", "all", "2"})
  void what_is_no_level_is_refused_with_all_of_them(String text) {
    environment.put("HEARTH_LOG_LEVEL", text);
    assertError(
        this::load,
        "The setting `log.level` is wrong (HEARTH_LOG_LEVEL): it must be one of error, warn, info,"
            + " debug and trace.",
        "Correct it there, or take it out there.");
  }

  @Test
  void a_project_cannot_silence_the_log_of_its_user() throws Exception {
    Files.writeString(projectFile, "{\"log\":\n{\"level\":\"error\"}}");
    assertError(
        this::load,
        "The setting `log.level` cannot be set by a project (" + projectFile + ":2).",
        "Take it out there; if you want it, set it in your own `settings.json`.");
  }

  @Test
  void a_project_cannot_choose_the_key_of_the_secrets() throws Exception {
    Files.writeString(projectFile, "{\"secrets\":\n{\"identity\":\"/tmp/key\"}}");
    assertError(
        this::load,
        "The setting `secrets.identity` cannot be set by a project (" + projectFile + ":2).",
        "Take it out there; if you want it, set it in your own `settings.json`.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "./key", "~", "~other/key"})
  void what_is_no_path_from_the_root_or_home_is_refused(String text) {
    environment.put("HEARTH_SECRETS_IDENTITY", text);
    assertError(
        this::load,
        "The setting `secrets.identity` is wrong (HEARTH_SECRETS_IDENTITY): it must be the path of"
            + " a file that begins with `/` or `~/`.",
        "Correct it there, or take it out there.");
  }

  @Test
  void a_mistyped_key_is_told_with_its_line_and_what_was_meant() throws Exception {
    Files.writeString(userFile, "{\n\"limits\": {\n\"operatons\": 1}}");
    assertError(
        this::load,
        "There is no setting `limits.operatons` (" + userFile + ":3).",
        "Did you mean `limits.operations`?");
    Files.writeString(userFile, "{\"colour\": true}");
    assertThatThrownBy(this::load)
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> assertThat(e.hint()).startsWith("These can be set: `limits.operations`, "));
    Files.delete(userFile);
    flags.put("limits.operation", "1");
    assertError(
        this::load,
        "There is no setting `limits.operation` (the command line).",
        "Did you mean `limits.operations`?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"limits\": {\"operations\": [1]}}",
        "{\"limits\": {\"operations\": null}}",
        "{\"limits\": {\"operations\": 1.5}}",
        "{\"limits\": {\"operations\": true}}",
        "{\"limits\": {\"operations\": 1}, \"limits.operations\": 2}",
        "{\"limits\": 1}",
        "[]",
        "",
        "{\"limits\": {\"operations\": 1}",
      })
  void every_other_mistake_in_a_file_is_an_error_of_the_user(String content) throws Exception {
    Files.writeString(userFile, content);
    assertThatThrownBy(this::load)
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> {
              assertThat(e.kind().exitStatus()).isEqualTo(2);
              assertThat(e.sentence()).contains(userFile.toString());
            });
  }

  @Test
  void a_projects_pipe_does_not_make_hearth_wait_for_ever() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", projectFile.toString()).start().waitFor()).isZero();
    assertThatThrownBy(this::load)
        .isInstanceOfSatisfying(
            HearthException.class,
            e ->
                assertThat(e.sentence())
                    .endsWith(" is no file: it is a pipe, a socket or a device."));
  }

  @Test
  void every_setting_has_a_variable_of_its_own_and_a_default_in_its_range() {
    assertThat(Setting.all()).extracting(Setting::variable).doesNotHaveDuplicates();
    assertThat(Setting.all())
        .allSatisfy(
            setting -> {
              assertThat(setting.variable()).matches("HEARTH(_[A-Z]+)+");
              assertThat(setting.summary()).isNotBlank().doesNotEndWith(".");
              flags.put(setting.key(), format(setting));
            });
    assertThat(load().list()).extracting(Settings.Listed::value).hasSize(Setting.all().size());
  }

  @Test
  void the_manual_names_every_setting_with_its_default() throws Exception {
    var manual = Files.readString(Path.of("../docs/files.md"));
    assertThat(Settings.defaults().list())
        .allSatisfy(
            listed ->
                assertThat(manual)
                    .contains("| `" + listed.key() + "` | " + shown(listed.fallback()) + " |"));
  }

  private static String shown(String fallback) {
    return fallback.isEmpty() ? "none" : "`" + fallback + "`";
  }

  private static <T extends Comparable<T>> String format(Setting<T> setting) {
    return setting.format(setting.fallback());
  }
}
