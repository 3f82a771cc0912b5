package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.secret.FileSecretStore;
import dev.hearth.runtime.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets as somebody types about them. */
class SecretsCommandTest {
  private static final String VALUE = "Tr0ub4dor & 3";

  private final TypedCommand hearth = new TypedCommand();
  private final Path home;

  SecretsCommandTest(@TempDir Path home) {
    this.home = home;
    hearth.at(home);
  }

  private FileSecretStore store() {
    return new FileSecretStore(home.resolve("config"));
  }

  private void set(String name) {
    assertThat(hearth.input(VALUE).type("secrets", "set", name, "--stdin")).isZero();
  }

  private JsonNode json() throws IOException {
    return JsonMapper.builder().build().readTree(hearth.out());
  }

  @Test
  void what_stands_on_standard_input_is_stored_without_its_last_line_end() {
    for (var end : List.of("", "\n", "\r\n")) {
      assertThat(hearth.input("two\nlines" + end).type("secrets", "set", "a", "--stdin")).isZero();
      assertThat(store().get("a")).contains(Secret.of("two\nlines"));
      assertThat(hearth.err()).isEqualTo("The secret a is stored, encrypted.\n");
    }
  }

  @Test
  void what_is_in_a_file_is_stored_as_it_is() throws IOException {
    var file = Files.writeString(home.resolve("key.pem"), "ü\nkey\n");
    assertThat(hearth.type("secrets", "set", "tls/key", "--from-file", file.toString())).isZero();
    assertThat(hearth.type("secrets", "get", "tls/key")).isZero();
    assertThat(hearth.out()).isEqualTo("ü\nkey\n");
  }

  @Test
  void a_value_as_an_argument_is_refused_and_not_repeated() {
    for (var words :
        List.of(
            List.of("a", VALUE), List.of("a", VALUE, "--stdin"), List.of("--stdin", "a", VALUE))) {
      var typed = new ArrayList<>(List.of("secrets", "set"));
      typed.addAll(words);
      assertThat(hearth.input("x").type(typed.toArray(String[]::new))).isEqualTo(2);
      assertThat(hearth.err()).contains("cli.secret-is-argument").doesNotContain(VALUE);
    }
    assertThat(store().names()).isEmpty();
  }

  @Test
  void where_nobody_can_be_asked_the_sources_are_named() {
    assertThat(hearth.type("secrets", "set", "a")).isEqualTo(2);
    assertThat(hearth.err())
        .isEqualTo(
            """
            error: Nobody can be asked here for the secret `a`.          cli.no-secret-given
              hint: Pass `--stdin` and write it there, or name a file with `--from-file`.
            """);
  }

  @Test
  void a_secret_that_is_no_text_is_refused_without_showing_it() throws IOException {
    var file = home.resolve("binary");
    Files.write(file, new byte[] {'h', 'u', 'n', 't', 'e', 'r', (byte) 0xff});
    assertThat(hearth.type("secrets", "set", "a", "--from-file", file.toString(), "-v"))
        .isEqualTo(2);
    assertThat(hearth.err()).contains("it is not UTF-8 text").doesNotContain("hunter");
    assertThat(hearth.type("secrets", "set", "a", "--from-file", home.toString())).isEqualTo(2);
    assertThat(hearth.err()).contains("it is a folder");
    assertThat(hearth.input("").type("secrets", "set", "a", "--stdin")).isEqualTo(2);
    assertThat(hearth.err()).contains("secret.empty");
  }

  @Test
  void the_list_has_names_and_no_values() throws IOException {
    assertThat(hearth.type("secrets", "list")).isZero();
    assertThat(hearth.err()).contains("There are no secrets yet.");
    set("b");
    set("a/c");
    assertThat(hearth.type("secrets", "list")).isZero();
    assertThat(hearth.out()).isEqualTo("a/c\nb\n");
    assertThat(hearth.type("secrets", "list", "--json")).isZero();
    assertThat(hearth.out())
        .isEqualTo(
            "{\"schema\":1,\"type\":\"secrets\",\"secrets\":[{\"name\":\"a/c\"},{\"name\":\"b\"}]}\n");
  }

  @Test
  void a_value_comes_on_a_terminal_only_when_that_is_wished() throws IOException {
    set("a");
    assertThat(hearth.type("secrets", "get", "a")).isZero();
    assertThat(hearth.out()).isEqualTo(VALUE);
    hearth.intoTerminal();
    for (var form : List.of("--quiet", "--json")) {
      assertThat(hearth.type("secrets", "get", "a", form)).isEqualTo(2);
      assertThat(hearth.out() + hearth.err())
          .contains("cli.secret-on-terminal")
          .doesNotContain(VALUE);
    }
    assertThat(hearth.type("secrets", "get", "a", "--show")).isZero();
    assertThat(hearth.out()).isEqualTo(VALUE + "\n");
    hearth.onTerminal();
    assertThat(hearth.input("\n").type("secrets", "get", "a")).isZero();
    assertThat(hearth.out() + hearth.err()).contains("Nothing is shown.").doesNotContain(VALUE);
    assertThat(hearth.input("y\n").type("secrets", "get", "a", "--json")).isZero();
    assertThat(json().path("value").asText()).isEqualTo(VALUE);
  }

  @Test
  void a_name_that_is_not_there_is_told_with_the_nearest() {
    set("backup/password");
    for (var command : List.of("get", "remove")) {
      assertThat(hearth.type("secrets", command, "backup/pasword")).isEqualTo(2);
      assertThat(hearth.err()).contains("secret.unknown", "Did you mean `backup/password`?");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "../a", "a\u001b[2J", "a//b"})
  void what_can_be_no_name_is_refused_before_anything_is_read(String name) {
    for (var command : List.of("set", "get", "edit", "remove")) {
      assertThat(hearth.type("secrets", command, name)).isEqualTo(2);
      assertThat(hearth.err()).doesNotContain("\u001b").contains("secret.");
    }
  }

  @Test
  void removing_asks_and_says_which_connection_needs_it() {
    set("lab-token");
    hearth.input("root@pam!hearth=00000000-0000-0000-0000-000000000000");
    assertThat(hearth.type("secrets", "set", "lab-token", "--stdin")).isZero();
    assertThat(
            hearth.type(
                "connect",
                "add",
                "proxmox",
                "lab",
                "--url",
                "https://127.0.0.1:1",
                "--token-secret",
                "lab-token",
                "--no-test"))
        .isZero();
    assertThat(hearth.type("secrets", "remove", "lab-token")).isEqualTo(2);
    assertThat(hearth.err()).contains("used by the connection proxmox lab", "cli.nobody-to-ask");
    assertThat(hearth.type("connect", "show", "proxmox", "lab")).isZero();
    assertThat(hearth.out()).contains("token  ***  (secrets.age, lab-token)");
    assertThat(hearth.type("connect", "remove", "proxmox", "lab", "--yes")).isZero();
    assertThat(store().names()).containsExactly("lab-token");
    assertThat(hearth.type("secrets", "remove", "lab-token", "--yes", "--json")).isZero();
    assertThat(hearth.out()).contains("\"removed\":true");
    assertThat(store().names()).isEmpty();
  }

  @Test
  void a_field_that_is_shown_takes_no_secret_and_an_unknown_secret_is_told() {
    assertThat(
            hearth.type(
                "connect",
                "add",
                "proxmox",
                "lab",
                "--url",
                "https://127.0.0.1:1",
                "--token-secret",
                "nothing",
                "--no-test"))
        .isEqualTo(2);
    assertThat(hearth.err()).contains("secret.unknown");
  }

  private void editor(String script) throws IOException {
    var file =
        Files.writeString(home.resolve("editor"), "#!/bin/sh\nset -e\n" + script + "\n").toString();
    Files.setPosixFilePermissions(Path.of(file), PosixFilePermissions.fromString("rwx------"));
    hearth.set("EDITOR", file + " --wait");
  }

  private String seen(String what) throws IOException {
    return Files.readString(home.resolve(what)).strip();
  }

  @Test
  void the_editor_gets_a_private_file_that_is_gone_afterwards() throws IOException {
    set("a");
    editor(
        """
        stat -c %%a "$2" >%1$s/mode; cat "$2" >%1$s/content; echo "$2" >%1$s/path
        tr '\\0' ' ' </proc/$$/cmdline >%1$s/cmdline; env >%1$s/env
        echo changed >"$2"
        """
            .formatted(home));
    assertThat(hearth.type("secrets", "edit", "a")).isZero();
    assertThat(seen("mode")).isEqualTo("600");
    assertThat(seen("content")).isEqualTo(VALUE);
    assertThat(seen("cmdline") + seen("env")).contains("--wait").doesNotContain(VALUE);
    assertThat(Path.of(seen("path"))).doesNotExist();
    assertThat(Path.of(seen("path")).getParent()).isEmptyDirectory();
    assertThat(store().get("a")).contains(Secret.of("changed"));
    assertThat(hearth.err()).isEqualTo("The secret a is stored, encrypted.\n");
  }

  @Test
  void an_editor_that_fails_changes_nothing_and_leaves_nothing() throws IOException {
    set("a");
    editor("echo changed >\"$2\"; exit 3");
    assertThat(hearth.type("secrets", "edit", "a")).isEqualTo(2);
    assertThat(hearth.err()).contains("The editor ended with status 3");
    assertThat(store().get("a")).contains(Secret.of(VALUE));
    assertThat(home.resolve("cache/run")).isEmptyDirectory();
  }

  @Test
  void what_somebody_else_stored_meanwhile_is_not_overwritten() throws IOException {
    set("a");
    editor(
        "echo changed >\"$2\"\n%s -cp '%s' dev.hearth.cli.StoreSecret %s a other"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                home.resolve("config")));
    assertThat(hearth.type("secrets", "edit", "a")).isEqualTo(2);
    assertThat(hearth.err()).contains("secret.changed-meanwhile");
    assertThat(store().get("a")).contains(Secret.of("other"));
  }

  @Test
  void an_edit_without_a_change_or_without_an_editor_does_nothing() throws IOException {
    set("a");
    assertThat(hearth.type("secrets", "edit", "a")).isEqualTo(2);
    assertThat(hearth.err()).contains("cli.no-editor");
    editor("echo >>\"$2\"");
    assertThat(hearth.type("secrets", "edit", "a", "--json")).isZero();
    assertThat(json().path("changed").asBoolean(true)).isFalse();
    assertThat(store().get("a")).contains(Secret.of(VALUE));
  }

  @Test
  void the_commands_of_the_manual_do_what_they_say() throws IOException {
    var page = Files.readString(Path.of("../docs/secrets.md"));
    var block = page.substring(page.indexOf("```sh\n") + 6, page.indexOf("```\n"));
    hearth.set("EDITOR", "true");
    var commands = block.lines().map(line -> line.replaceAll(".*?hearth | *[|#<].*", "")).toList();
    assertThat(commands).hasSize(5).allMatch(command -> command.startsWith("secrets "));
    for (var command : commands) {
      assertThat(hearth.input("value\n").type(command.split(" +", -1))).as(command).isZero();
      assertThat(hearth.err()).doesNotContain("no secrets yet");
    }
  }

  @Test
  void many_processes_at_once_lose_nothing() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var running = new ArrayList<Process>();
    for (var i = 0; i < 4; i++) {
      running.add(
          new ProcessBuilder(
                  java,
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  StoreSecret.class.getName(),
                  home.resolve("config").toString(),
                  "of" + i,
                  "value " + i)
              .inheritIO()
              .start());
    }
    for (var process : running) {
      assertThat(process.waitFor()).isZero();
    }
    assertThat(store().names()).containsExactly("of0", "of1", "of2", "of3");
  }
}
