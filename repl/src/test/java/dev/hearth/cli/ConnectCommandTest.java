package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.secret.FileSecretStore;
import dev.hearth.runtime.secret.Secret;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections as somebody types them, to a Proxmox that is served on this machine. */
class ConnectCommandTest {
  private static final String OTHER = "AB:".repeat(31) + "AB";

  private static final String STORED = "connection/proxmox/lab/token";

  private final TypedCommand hearth = new TypedCommand();
  private final List<String> printed = new ArrayList<>();
  private final Path config;
  private final RunningCommand sim;
  private final String token;
  private String url;
  private String fingerprint;

  ConnectCommandTest(@TempDir Path home) throws IOException {
    config = home.resolve("config");
    hearth.at(home);
    sim = hearth.start("sim", "proxmox", "--port", "0", "--json");
    var connection = json(sim.line()).path("connection");
    url = connection.path("url").asText();
    token = connection.path("token").asText();
    fingerprint = connection.path("fingerprint").asText();
  }

  @AfterEach
  void no_secret_was_ever_printed() throws Exception {
    var secret = token.substring(token.indexOf('=') + 1);
    assertThat(printed).allSatisfy(text -> assertThat(text).doesNotContain(secret));
    assertThat(sim.stop()).isZero();
  }

  private int type(String... words) {
    var status = hearth.type(words);
    printed.add(hearth.out() + hearth.err());
    return status;
  }

  private static JsonNode json(String line) throws IOException {
    return JsonMapper.builder().build().readTree(line);
  }

  private int add(String name, String... more) {
    var words = new ArrayList<>(List.of("connect", "add", "proxmox", name, "--url", url));
    words.addAll(List.of("--token-stdin", "--fingerprint", fingerprint));
    words.addAll(List.of(more));
    hearth.input(token + "\n");
    return type(words.toArray(String[]::new));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void flags_alone_store_a_tried_connection_that_only_the_user_can_read() throws IOException {
    assertThat(add("lab")).isZero();
    assertThat(hearth.out()).isEmpty();
    assertThat(hearth.err())
        .isEqualTo(
            """
            Proxmox VE 8.4.21 answers; you come in as root@pam!hearth.
            It has all rights that the usual work needs.
            Stored as proxmox lab, the default: recipes that name no connection use it.
            """);
    assertThat(mode(config)).isEqualTo("rwx------");
    assertThat(mode(config.resolve("connections.json"))).isEqualTo("rw-------");
    assertThat(mode(config.resolve("secrets.age"))).isEqualTo("rw-------");
    assertThat(mode(config.resolve("identity.txt"))).isEqualTo("rw-------");
    assertThat(config.resolve("connections.json")).content().doesNotContain(token);
    assertThat(config.resolve("secrets.age")).content().startsWith("-----BEGIN AGE");
    assertThat(new FileSecretStore(config).get(STORED)).contains(Secret.of(token));
  }

  @Test
  void the_schema_of_the_server_is_kept_for_the_first_run() throws IOException {
    assertThat(add("lab")).isZero();
    var cache = config.resolveSibling("cache").resolve("proxmox");
    try (var files = Files.list(cache)) {
      var kept = files.filter(file -> file.toString().endsWith(".json")).toList();
      assertThat(kept).hasSize(1);
      assertThat(mode(kept.getFirst())).isEqualTo("rw-------");
      assertThat(kept.getFirst()).content().contains("/nodes/{node}/qemu").doesNotContain(token);
    }
  }

  @Test
  void a_token_without_a_line_end_is_a_token() {
    hearth.input(token);
    assertThat(type("connect", "add", "proxmox", "lab", "--url", url, "--token-stdin", "--no-test"))
        .isZero();
  }

  @Test
  void the_first_is_the_default_and_the_second_only_when_that_is_wanted() throws IOException {
    add("lab");
    assertThat(add("home")).isZero();
    assertThat(hearth.err()).contains("use it with `--connection proxmox=home`");
    assertThat(type("connect", "list")).isZero();
    assertThat(hearth.out().replaceAll(" {2,}", "  "))
        .isEqualTo(
            """
            binding  name  default  address  origin
            proxmox  home  %s  stored
            proxmox  lab  yes  %s  stored
            """
                .formatted(url, url));
    assertThat(type("connect", "default", "proxmox", "home")).isZero();
    assertThat(hearth.err()).isEqualTo("Recipes that name no connection to proxmox get home.\n");
    add("third", "--default");
    assertThat(type("connect", "list", "--json")).isZero();
    assertThat(json(hearth.out()).path("connections").findValuesAsText("default"))
        .containsExactly("false", "false", "true");
  }

  @Test
  void an_existing_name_is_kept_unless_it_is_replaced() {
    add("lab");
    assertThat(add("lab")).isEqualTo(2);
    assertThat(hearth.err())
        .contains("There is a connection `lab` to proxmox already.", "with `--replace`");
    assertThat(add("lab", "--replace")).isZero();
    assertThat(type("connect", "show", "proxmox", "lab")).isZero();
  }

  @Test
  void what_is_replaced_leaves_no_secret_behind() throws IOException {
    add("lab");
    hearth.input("geheim\n");
    assertThat(
            type(
                "connect",
                "add",
                "proxmox",
                "lab",
                "--replace",
                "--url",
                url,
                "--user",
                "a@pve",
                "--password-stdin",
                "--no-test"))
        .isZero();
    var secrets = new FileSecretStore(config);
    assertThat(secrets.names()).containsExactly("connection/proxmox/lab/password");
    assertThat(secrets.get("connection/proxmox/lab/password")).contains(Secret.of("geheim"));
  }

  @Test
  void shown_are_all_fields_with_their_origin_and_no_secret() throws IOException {
    add("lab");
    assertThat(type("connect", "show", "proxmox", "lab")).isZero();
    assertThat(hearth.out())
        .isEqualTo(
            """
            url          %s  (connections.json)
            fingerprint  %s  (connections.json)
            token        ***  (secrets.age, connection/proxmox/lab/token)
            """
                .formatted(url, fingerprint));
    type("connect", "show", "proxmox", "lab", "--json");
    assertThat(json(hearth.out()).path("fields").findValuesAsText("value"))
        .containsExactly(url, fingerprint, "***");
  }

  @Test
  void the_environment_is_listed_and_wins() throws IOException {
    add("lab");
    hearth.set("HEARTH_PROXMOX_URL", url).set("HEARTH_PROXMOX_TOKEN", token);
    hearth.set("HEARTH_PROXMOX_FINGERPRINT", fingerprint);
    assertThat(type("connect", "list")).isZero();
    assertThat(hearth.out().replaceAll(" {2,}", "  "))
        .isEqualTo(
            """
            binding  name  default  address  origin
            proxmox  environment  yes  %s  environment
            proxmox  lab  overridden  %s  stored
            """
                .formatted(url, url));
    assertThat(type("connect", "show", "proxmox", "environment")).isZero();
    assertThat(hearth.out()).contains("***", "HEARTH_PROXMOX_TOKEN");
    assertThat(type("connect", "test", "proxmox", "--json")).isZero();
    assertThat(json(hearth.out()).path("name").asText()).isEqualTo("environment");
  }

  @Test
  void a_test_says_who_answers_and_who_one_is() throws IOException {
    add("lab");
    assertThat(type("connect", "test", "proxmox", "lab")).isZero();
    assertThat(hearth.out())
        .startsWith("Proxmox VE 8.4.21 answers; you come in as root@pam!hearth.");
    type("connect", "test", "proxmox", "--json");
    assertThat(json(hearth.out()).path("system").asText()).isEqualTo("Proxmox VE 8.4.21");
    assertThat(json(hearth.out()).path("missing").isEmpty()).isTrue();
  }

  @Test
  void removing_needs_a_yes_from_somebody() throws IOException {
    add("lab");
    assertThat(type("connect", "remove", "proxmox", "lab")).isEqualTo(2);
    assertThat(hearth.err()).contains("Pass `--yes`.");
    hearth.onTerminal().input("n\n");
    assertThat(type("connect", "remove", "proxmox", "lab")).isZero();
    assertThat(hearth.err()).endsWith("Nothing is removed.\n");
    assertThat(type("connect", "remove", "proxmox", "lab", "--yes")).isZero();
    assertThat(new FileSecretStore(config).names()).isEmpty();
    type("connect", "list");
    assertThat(hearth.err()).contains("There are no connections yet.");
  }

  @Test
  void names_that_nobody_knows_say_what_was_meant() {
    add("lab");
    assertThat(type("connect", "show", "proxmx", "lab")).isEqualTo(2);
    assertThat(hearth.err()).contains("Did you mean `proxmox`?");
    assertThat(type("connect", "remove", "proxmox", "lba", "--yes")).isEqualTo(2);
    assertThat(hearth.err()).contains("Did you mean `lab`?");
    assertThat(type("connect", "add", "proxmx", "lab")).isEqualTo(2);
    assertThat(hearth.err()).contains("Did you mean `proxmox`?");
  }

  @Test
  void what_is_missing_is_named_by_its_flag() {
    assertThat(type("connect", "add", "proxmox", "lab")).isEqualTo(2);
    assertThat(hearth.err()).contains("`hearth connect add` needs `--url`.");
    assertThat(type("connect", "add", "proxmox")).isEqualTo(2);
    assertThat(hearth.err()).contains("`hearth connect add` needs CONNECTION.");
    assertThat(type("connect", "add", "proxmox", "lab", "--url", url)).isEqualTo(2);
    assertThat(hearth.err()).contains("The connection `lab` has no credentials.");
    assertThat(type("connect", "add", "proxmox", "lab", "--url", url, "--token-stdin"))
        .isEqualTo(2);
    assertThat(hearth.err()).contains("Standard input holds nothing for `--token-stdin`.");
  }

  @Test
  void an_unknown_certificate_is_no_matter_for_scripts() {
    hearth.input(token + "\n");
    assertThat(type("connect", "add", "proxmox", "lab", "--url", url, "--token-stdin"))
        .isEqualTo(4);
    assertThat(hearth.err())
        .contains("cli.certificate-unknown", "pass `--fingerprint " + fingerprint + "`");
    assertThat(config.resolve("connections.json")).doesNotExist();
  }

  @Test
  void a_person_is_shown_the_certificate_and_asked() {
    hearth.onTerminal().input(token + "\ny\n");
    assertThat(type("connect", "add", "proxmox", "lab", "--url", url, "--token-stdin")).isZero();
    assertThat(hearth.err())
        .contains("fingerprint  " + fingerprint + "\n", "subject      CN=localhost\n")
        .contains("On the server, `pvenode cert info` shows it.\nIs it the right one? [y/N] ")
        .contains("Stored as proxmox lab");
    type("connect", "show", "proxmox", "lab");
    assertThat(hearth.out()).contains(fingerprint);
  }

  private static Path recipeThatChanges(String system, Path folder) throws IOException {
    var recipe = "export const recipe = { permissions: { %s: 'write' } }; export default () => 1;";
    return Files.writeString(folder.resolve("recipe.js"), recipe.formatted(system));
  }

  @Test
  void the_prompt_says_which_system_a_recipe_asks_for(@TempDir Path folder) throws IOException {
    add("lab");
    var recipe = recipeThatChanges("proxmox", folder);
    hearth.onTerminal().input("y\n");
    assertThat(type("run", recipe.toString())).isZero();
    assertThat(hearth.err())
        .contains(
            "  - change Proxmox: connection `lab` (%s) unless the recipe names another\n"
                .formatted(url.replace("https://", "")));
    hearth.onTerminal().input("n\n");
    assertThat(type("run", recipe.toString())).isEqualTo(3);
    assertThat(hearth.err()).contains("run it again with `--allow-proxmox:write`.");
  }

  @Test
  void the_prompt_names_no_connection_to_a_program_that_has_none(@TempDir Path folder)
      throws IOException {
    var recipe = recipeThatChanges("terraform", folder);
    hearth.onTerminal().input("y\n");
    assertThat(type("run", recipe.toString())).isZero();
    assertThat(hearth.err()).contains("  - change Terraform\n");
    type("connect", "add", "terraform", "pinned", "--program", "/opt/terraform");
    hearth.onTerminal().input("y\n");
    assertThat(type("run", recipe.toString())).isZero();
    assertThat(hearth.err())
        .contains("  - change Terraform: connection `pinned` unless the recipe names another\n");
  }

  @Test
  void a_certificate_that_nobody_vouches_for_names_how_to_pin_it() {
    hearth.set("HEARTH_PROXMOX_URL", url).set("HEARTH_PROXMOX_TOKEN", token);
    assertThat(type("connect", "test", "proxmox")).isEqualTo(4);
    assertThat(hearth.err())
        .contains(
            "pin its fingerprint "
                + fingerprint
                + " with `HEARTH_PROXMOX_FINGERPRINT`, or with"
                + " `--fingerprint` of `hearth connect add`");
  }

  @Test
  void the_certificate_is_looked_at_before_a_secret_is_asked_for() {
    hearth.onTerminal().input(url + "\nn\n");
    assertThat(type("connect", "add", "proxmox", "lab")).isEqualTo(4);
    assertThat(hearth.err())
        .contains("Is it the right one?", "cli.certificate-refused")
        .doesNotContain("API token");
  }

  @Test
  void an_address_at_which_nothing_answers_is_told_before_a_secret_is_asked_for()
      throws IOException {
    String gone;
    try (var free = new ServerSocket(0)) {
      gone = "https://127.0.0.1:" + free.getLocalPort();
    }
    hearth.onTerminal().input(gone + "\n");
    assertThat(type("connect", "add", "proxmox", "lab")).isEqualTo(4);
    assertThat(hearth.err()).contains("net.refused").doesNotContain("API token");
  }

  @Test
  void a_token_that_is_not_accepted_is_asked_for_again_and_nothing_else() {
    hearth.onTerminal().input("root@pam!hearth=00000000-0000-0000-0000-000000000000\n");
    type(
        "connect",
        "add",
        "proxmox",
        "lab",
        "--url",
        url,
        "--token-stdin",
        "--fingerprint",
        fingerprint);
    assertThat(hearth.err())
        .startsWith("Proxmox does not accept the credentials of the connection `lab`.")
        .contains("terminal.cannot-hide") // the test has no terminal to type a secret on
        .doesNotContain("Address of the API");
  }

  @Test
  void an_address_that_cannot_be_one_is_asked_for_again() {
    hearth.onTerminal().input(token + "\n10.0.0.5\n" + url + "\ny\n");
    assertThat(type("connect", "add", "proxmox", "lab", "--token-stdin")).isZero();
    assertThat(hearth.err())
        .contains("): `10.0.0.5` is not the address of a Proxmox VE.")
        .doesNotContain("``");
  }

  @Test
  void nothing_secret_is_sent_to_who_shows_another_certificate() throws IOException {
    try (var other = ProxmoxLookalike.answering(200, "{\"data\":{\"version\":\"8.4\"}}")) {
      url = other.url();
      fingerprint = OTHER;
      assertThat(add("lab")).isEqualTo(4);
      assertThat(hearth.err()).contains("tls.fingerprint-mismatch", OTHER);
      assertThat(other.requests()).isEmpty();
    }
    assertThat(config.resolve("connections.json")).doesNotExist();
  }

  @Test
  void nothing_secret_is_sent_before_the_question_is_answered_or_after_a_no() throws IOException {
    try (var other = ProxmoxLookalike.answering(200, "{\"data\":{\"version\":\"8.4\"}}")) {
      hearth.onTerminal().input(token + "\nn\n");
      assertThat(type("connect", "add", "proxmox", "lab", "--url", other.url(), "--token-stdin"))
          .isEqualTo(4);
      assertThat(hearth.err()).contains("cli.certificate-refused");
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void what_a_hostile_certificate_says_does_not_reach_the_terminal() throws Exception {
    try (var evil = ProxmoxLookalike.with(EvilCertificate.naming("a\u001b[2Jb\u202ec\r\nurl  x"))) {
      hearth.onTerminal().input(token + "\nn\n");
      type("connect", "add", "proxmox", "lab", "--url", evil.url(), "--token-stdin", "--verbose");
      assertThat(hearth.err())
          .contains("Is it the right one?")
          .contains("\\u001b[2J")
          .doesNotContain("\u001b", "\u202e", "\r", "\nurl  x");
    }
  }

  @Test
  void what_a_hostile_server_says_does_not_reach_the_terminal() throws Exception {
    for (var status : List.of(200, 401, 403, 500)) {
      var body =
          "{\"data\":{\"version\":\"\\u001b[2J\\u202e\"},\"message\":\"\\u001b[2J\\u202e\",\"errors\":{\"a\":\"\\u009b2J\"}}";
      try (var evil = ProxmoxLookalike.answering(status, body)) {
        hearth.onTerminal().input(token + "\ny\n");
        type(
            "connect",
            "add",
            "proxmox",
            "evil",
            "--url",
            evil.url(),
            "--token-stdin",
            "--verbose",
            "--replace");
        assertThat(evil.requests()).isNotEmpty();
        assertThat(hearth.out() + hearth.err()).doesNotContain("\u001b", "\u202e", "\u009b");
      }
    }
  }

  @Test
  void a_wrong_token_stores_nothing() {
    hearth.input("root@pam!hearth=00000000-0000-0000-0000-000000000000\n");
    assertThat(
            type(
                "connect",
                "add",
                "proxmox",
                "lab",
                "--url",
                url,
                "--token-stdin",
                "--fingerprint",
                fingerprint))
        .isEqualTo(4);
    assertThat(config.resolve("connections.json")).doesNotExist();
  }

  @Test
  void the_help_of_a_binding_lists_its_fields() {
    assertThat(type("connect", "add", "proxmox", "--help")).isZero();
    assertThat(hearth.out())
        .contains("--url URL", "--token-stdin", "--user USER", "--password-stdin")
        .contains("--fingerprint FINGERPRINT");
  }
}
