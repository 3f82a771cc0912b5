package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings as somebody types about them. */
class ConfigCommandTest {
  private final TypedCommand hearth = new TypedCommand();
  private final Path home;
  private final Path file;

  ConfigCommandTest(@TempDir Path home) {
    this.home = home;
    file = home.resolve("config/settings.json");
    hearth.at(home);
  }

  private void ok(String... words) {
    assertThat(hearth.type(words)).as(hearth.err()).isZero();
  }

  private String get(String key, String... more) {
    var words = new ArrayList<>(List.of("config", "get", key));
    words.addAll(List.of(more));
    ok(words.toArray(String[]::new));
    return hearth.out().strip();
  }

  private JsonNode json() throws IOException {
    return JsonMapper.builder().build().readTree(hearth.out());
  }

  private void connect(String name) {
    hearth.input("root@pam!hearth=00000000-0000-0000-0000-000000000000\n");
    ok(
        "connect",
        "add",
        "proxmox",
        name,
        "--url",
        "https://127.0.0.1:1",
        "--token-stdin",
        "--no-test");
  }

  @Test
  void what_is_set_is_got_with_its_origin_and_can_be_taken_out() throws IOException {
    assertThat(get("limits.operations")).isEqualTo("256");
    ok("config", "set", "limits.operations", "64");
    assertThat(hearth.err()).isEqualTo("limits.operations is set in " + file + ".\n");
    assertThat(get("limits.operations")).isEqualTo("64");
    ok("config", "get", "limits.operations", "--json");
    assertThat(json().path("origin").asText()).isEqualTo("user");
    assertThat(json().path("place").asText()).isEqualTo(file + ":3");
    ok("config", "unset", "limits.operations");
    assertThat(get("limits.operations")).isEqualTo("256");
    assertThat(file).hasContent("{ }\n");
    ok("config", "unset", "limits.operations", "--json");
    assertThat(json().path("wasSet").asBoolean(true)).isFalse();
  }

  @Test
  void a_value_is_written_as_one_would_write_it_and_in_one_place() throws IOException {
    Files.createDirectories(file.getParent());
    Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwx------"));
    Files.writeString(file, "{\"limits.stepResultBytes\": \"1KiB\"}");
    ok("config", "set", "limits.stepResultBytes", "2048KiB");
    assertThat(file)
        .hasContent("{\n  \"limits\" : {\n    \"stepResultBytes\" : \"2MiB\"\n  }\n}\n");
  }

  @Test
  void a_wrong_name_or_value_is_told_and_changes_nothing() {
    assertThat(hearth.type("config", "set", "limits.operatons", "64")).isEqualTo(2);
    assertThat(hearth.err()).contains("settings.unknown", "Did you mean `limits.operations`?");
    assertThat(hearth.type("config", "set", "limits.operations", "many")).isEqualTo(2);
    assertThat(hearth.err())
        .contains("it must be a whole number, such as 256", "Write another value.");
    assertThat(hearth.type("config", "set", "limits.operations", "0", "--json")).isEqualTo(2);
    assertThat(hearth.out()).contains("\"code\":\"settings.wrong\"");
    assertThat(hearth.type("config", "get", "nothing")).isEqualTo(2);
    assertThat(hearth.type("config", "unset", "nothing")).isEqualTo(2);
    assertThat(file).doesNotExist();
  }

  @Test
  void the_list_shows_where_each_value_is_from() throws IOException {
    ok("config", "set", "timeouts.grace", "30s");
    hearth.set("HEARTH_LIMITS_PROCESSES", "3");
    ok("config", "list", "--origin");
    assertThat(hearth.out().replaceAll(" {2,}", "  "))
        .contains("timeouts.grace  30s  user  " + file + ":3\n")
        .contains("limits.processes  3  environment  HEARTH_LIMITS_PROCESSES\n")
        .contains("limits.operations  256  default  built in\n");
    ok("config", "list", "--json");
    assertThat(json().path("settings").findValuesAsText("key")).contains("secrets.identity");
    ok("config", "list");
    assertThat(hearth.out()).contains("Time for `finally` blocks");
  }

  @Test
  void who_sets_what_does_not_count_is_told_so() {
    hearth.set("HEARTH_LIMITS_OPERATIONS", "10");
    ok("config", "set", "limits.operations", "64");
    assertThat(hearth.err())
        .endsWith("What counts here is said elsewhere: HEARTH_LIMITS_OPERATIONS.\n");
  }

  @Test
  void a_profile_has_settings_of_its_own() throws IOException {
    ok("config", "set", "limits.operations", "64");
    ok("config", "set", "--profile", "lab", "limits.operations", "8");
    assertThat(hearth.err())
        .isEqualTo("limits.operations is set in " + file + " for the profile lab.\n");
    assertThat(get("limits.operations")).isEqualTo("64");
    assertThat(get("limits.operations", "--profile", "lab")).isEqualTo("8");
    assertThat(get("timeouts.grace", "--profile=lab")).isEqualTo("5s");
    hearth.set("HEARTH_PROFILE", "lab");
    ok("config", "get", "limits.operations", "--json");
    assertThat(json().path("origin").asText()).isEqualTo("profile");
    hearth.set("HEARTH_PROFILE", "");
    ok("config", "unset", "--profile", "lab", "limits.operations");
    assertThat(Files.readString(file)).doesNotContain("profiles");
  }

  @Test
  void a_profile_that_nobody_knows_is_told_with_what_was_meant() {
    ok("config", "set", "--profile", "lab", "limits.operations", "8");
    for (var words : List.of("config list", "connect list", "eval 1")) {
      var typed = new ArrayList<>(List.of(words.split(" ", -1)));
      typed.addAll(List.of("--profile", "lba"));
      assertThat(hearth.type(typed.toArray(String[]::new))).isEqualTo(2);
      assertThat(hearth.err()).contains("settings.profile-unknown", "Did you mean `lab`?");
    }
    assertThat(hearth.type("config", "set", "--profile", "a b", "limits.operations", "8"))
        .isEqualTo(2);
    assertThat(hearth.err()).contains("settings.profile-name");
  }

  @Test
  void a_profile_has_a_default_connection_of_its_own() {
    connect("home");
    connect("lab");
    assertThat(hearth.type("config", "set", "connections.proxmox", "lab")).isEqualTo(2);
    assertThat(hearth.err()).contains("hearth connect default proxmox NAME");
    assertThat(hearth.type("config", "set", "--profile", "l", "connections.proxmox", "lba"))
        .isEqualTo(2);
    assertThat(hearth.err()).contains("Did you mean `lab`?");
    ok("config", "set", "--profile", "l", "connections.proxmox", "lab");
    ok("connect", "list");
    assertThat(hearth.out()).containsPattern("home +yes").doesNotContainPattern("lab +yes");
    ok("connect", "list", "--profile", "l");
    assertThat(hearth.out()).containsPattern("lab +yes").doesNotContainPattern("home +yes");
    ok("connect", "remove", "proxmox", "lab", "--yes");
    assertThat(hearth.type("connect", "test", "proxmox", "--profile", "l")).isEqualTo(2);
    assertThat(hearth.err()).contains("connection.unknown");
    ok("config", "unset", "--profile", "l", "connections.proxmox");
  }

  private void editor(String script) throws IOException {
    var path = Files.writeString(home.resolve("editor"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    hearth.set("EDITOR", path.toString());
  }

  @Test
  void what_is_edited_counts_when_it_is_right_and_changes_nothing_when_it_is_not()
      throws IOException {
    editor("echo '{\"limits\": {\"operations\": 7}}' >\"$1\"");
    ok("config", "edit");
    assertThat(get("limits.operations")).isEqualTo("7");
    for (var wrong :
        List.of(
            "{\"limits\": {\"operations\": 0}}",
            "{\"profiles\": {\"lab\": {\"limits.operations\": \"x\"}}}",
            "{\"colour\": 1}",
            "{")) {
      editor("cat >\"$1\" <<'END'\n" + wrong + "\nEND");
      assertThat(hearth.type("config", "edit")).as(wrong).isEqualTo(2);
      assertThat(get("limits.operations")).isEqualTo("7");
    }
    editor("true");
    ok("config", "edit");
    assertThat(hearth.err()).endsWith("settings.json is as it was.\n");
  }

  @Test
  void all_that_is_configured_is_validated() throws IOException {
    ok("config", "validate");
    ok("config", "set", "--profile", "lab", "limits.operations", "8");
    Files.writeString(file, "{\"profiles\": {\"lab\": {\"timeouts\": {\n\"grace\": \"5\"}}}}");
    assertThat(hearth.type("config", "validate")).isEqualTo(2);
    assertThat(hearth.err()).contains("settings.wrong", file + ":2");
  }

  @Test
  void what_is_exported_is_imported_elsewhere_without_a_secret() throws IOException {
    connect("lab");
    ok("config", "set", "limits.operations", "64");
    ok("config", "set", "--profile", "l", "connections.proxmox", "lab");
    ok("config", "export");
    assertThat(hearth.out()).contains("connection/proxmox/lab/token").doesNotContain("0000-0000");
    var exported = Files.writeString(home.resolve("exported.json"), hearth.out()).toString();

    assertThat(hearth.type("config", "import", exported)).isEqualTo(2);
    assertThat(hearth.err()).contains("settings.not-empty");
    hearth.at(home.resolve("other"));
    ok("config", "import", exported);
    assertThat(hearth.err())
        .isEqualTo(
            """
            Settings and connections are taken over.
            A secret is not here yet: set it with `hearth secrets set connection/proxmox/lab/token`.
            """);
    assertThat(get("limits.operations")).isEqualTo("64");
    ok("connect", "list", "--profile", "l");
    assertThat(hearth.out()).containsPattern("lab +yes");
    ok("config", "import", exported, "--replace");
  }

  @Test
  void an_import_with_a_secret_in_plain_or_of_another_form_is_refused() throws IOException {
    for (var wrong :
        List.of(
            "{\"schema\":1,\"type\":\"config\",\"settings\":{},\"connections\":{\"proxmox\":{\"lab\":{\"url\":\"https://a:1\",\"token\":\"hunter22\"}}},\"defaults\":{}}",
            "{\"schema\":1,\"type\":\"config\",\"settings\":{\"colour\":1},\"connections\":{},\"defaults\":{}}",
            "{\"schema\":9,\"type\":\"config\",\"settings\":{}}",
            "{}")) {
      var given = Files.writeString(home.resolve("wrong.json"), wrong).toString();
      assertThat(hearth.type("config", "import", given)).as(wrong).isEqualTo(2);
      assertThat(hearth.err()).doesNotContain("hunter22");
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void the_path_is_that_of_the_file() throws IOException {
    ok("config", "path");
    assertThat(hearth.out()).isEqualTo(file + "\n");
    ok("config", "path", "--json");
    assertThat(json().path("state").asText()).isEqualTo(home.resolve("state").toString());
  }
}
