package dev.hearth.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.secret.FileSecretStore;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Connection.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections on a real disk, from the environment and from recipes. */
class ConnectionsTest {
  private static final FakeBinding PROXMOX = new FakeBinding();

  private final Path config;
  private final Path file;
  private final Map<String, String> environment = new HashMap<>();
  private final FileSecretStore secrets;
  private final Connections connections;

  ConnectionsTest(@TempDir Path temp) {
    config = temp.resolve("config");
    file = config.resolve("connections.json");
    secrets = new FileSecretStore(config);
    connections =
        new Connections(config, secrets, name -> Optional.ofNullable(environment.get(name)));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JsonMapper.builder().build().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String name) {
    connections.add(
        PROXMOX,
        name,
        JsonNodeFactory.instance.objectNode().put("url", "https://" + name + ":8006"),
        Map.of("token", Secret.of("token of " + name)));
  }

  private static void assertError(ThrowingCallable call, String id, String sentence, String hint) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> {
              assertThat(e.id()).isEqualTo(id);
              assertThat(e.sentence()).isEqualTo(sentence);
              assertThat(e.hint()).isEqualTo(hint);
            });
  }

  @Test
  void an_added_connection_is_reached_with_its_secret() {
    add("lab");
    var lab = connections.named(PROXMOX, "lab");
    assertThat(lab.settings()).isEqualTo(json("{\"url\":\"https://lab:8006\"}"));
    assertThat(lab.secrets().get("token")).isEqualTo(Secret.of("token of lab"));
    assertThat(lab.origin()).isEqualTo(Origin.STORED);
    assertThat(lab.explicit()).isFalse();
    assertThat(lab.toString()).doesNotContain("token of");
  }

  @Test
  void the_file_holds_the_secrets_name_and_not_the_secret() throws Exception {
    add("lab");
    assertThat(file)
        .hasContent(
            """
            {
              "version" : 1,
              "connections" : {
                "proxmox" : {
                  "lab" : {
                    "url" : "https://lab:8006",
                    "token" : {
                      "secret" : "connection/proxmox/lab/token"
                    }
                  }
                }
              },
              "defaults" : {
                "proxmox" : "lab"
              }
            }
            """);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(connections.list().toString() + connections.show("proxmox", "lab"))
        .doesNotContain("token of lab");
  }

  @Test
  void without_any_connection_the_error_names_the_two_ways_on() {
    assertError(
        () -> connections.byDefault(PROXMOX),
        "connection.none",
        "No connection to proxmox is configured.",
        "Add one with `hearth connect add proxmox`, or run with `--simulate`.");
    assertThat(config).doesNotExist();
  }

  @Test
  void what_the_systems_own_files_say_counts_where_nobody_told_hearth_of_any() {
    var theirs =
        new Connection(
            "proxmox",
            "theirs",
            Origin.CONFIGURED,
            JsonNodeFactory.instance.objectNode(),
            Map.of());
    assertThat(connections.byDefault(PROXMOX, () -> Optional.of(theirs))).isEqualTo(theirs);
    add("lab");
    assertThat(connections.byDefault(PROXMOX, () -> Optional.of(theirs)).name()).isEqualTo("lab");
  }

  @Test
  void the_first_stays_the_default_until_another_is_chosen() {
    add("lab");
    add("prod");
    assertThat(connections.byDefault(PROXMOX).name()).isEqualTo("lab");
    connections.makeDefault("proxmox", "prod");
    assertThat(connections.byDefault(PROXMOX).name()).isEqualTo("prod");
    assertThat(connections.list())
        .extracting(StoredConnection::name, StoredConnection::isDefault)
        .containsExactly(tuple("lab", false), tuple("prod", true));
  }

  @Test
  void the_only_one_is_the_default_also_in_a_file_written_by_hand() throws Exception {
    write("{\"connections\":{\"proxmox\":{\"lab\":{\"url\":\"https://lab\"}}}}");
    assertThat(connections.byDefault(PROXMOX).name()).isEqualTo("lab");
    add("prod");
    assertThat(connections.byDefault(PROXMOX).name()).isEqualTo("lab");
  }

  @Test
  void several_without_a_default_are_not_guessed_among() {
    add("lab");
    add("prod");
    add("test");
    connections.remove("proxmox", "lab");
    assertError(
        () -> connections.byDefault(PROXMOX),
        "connection.no-default",
        "There are several connections to proxmox, and none is the default.",
        "Choose one with `--connection proxmox=prod`, or for good with"
            + " `hearth connect default proxmox prod`.");
    connections.remove("proxmox", "test");
    assertThat(connections.byDefault(PROXMOX).name()).isEqualTo("prod");
  }

  @Test
  void removing_a_connection_forgets_its_secrets_and_those_of_no_other() {
    add("lab");
    add("lab2");
    connections.remove("proxmox", "lab");
    assertThat(secrets.names()).containsExactly("connection/proxmox/lab2/token");
    connections.remove("proxmox", "lab2");
    assertThat(connections.list()).isEmpty();
    add("lab"); // and it can come back
  }

  @Test
  void a_mistyped_name_is_answered_with_what_was_meant() {
    add("homelab");
    assertError(
        () -> connections.named(PROXMOX, "homlab"),
        "connection.unknown",
        "There is no connection `homlab` to proxmox.",
        "Did you mean `homelab`?");
    assertError(
        () -> connections.remove("proxmox", "x"),
        "connection.unknown",
        "There is no connection `x` to proxmox.",
        "Choose one of these: `homelab`.");
  }

  @Test
  void a_name_that_is_taken_is_refused_and_the_old_secret_is_kept() {
    add("lab");
    assertThatThrownBy(
            () ->
                connections.add(
                    PROXMOX,
                    "lab",
                    json("{\"url\":\"https://evil\"}"),
                    Map.of("token", Secret.of("new"))))
        .hasMessage("There is a connection `lab` to proxmox already.");
    assertThat(connections.named(PROXMOX, "lab").secrets().get("token"))
        .isEqualTo(Secret.of("token of lab"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "..", "../x", "a/b", "a b", "-x", "a=b", "a:b", "a\n", "\u001b[2J", "ünï"})
  void names_that_cannot_be_typed_are_refused(String name) {
    assertThatThrownBy(() -> add(name))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> {
              assertThat(e.id()).isEqualTo("connection.name-invalid");
              assertThat(e.sentence()).doesNotContain("\n", "\u001b");
            });
    assertThat(config).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"environment", "recipe", "simulator", "stored"})
  void names_of_origins_are_refused_as_grants_would_confuse_them(String name) {
    assertThatThrownBy(() -> add(name))
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.id()).isEqualTo("connection.name-reserved"));
  }

  @Test
  void what_the_binding_refuses_is_not_stored() {
    assertThatThrownBy(
            () -> connections.add(PROXMOX, "lab", json("{\"url\":\"http://lab\"}"), Map.of()))
        .hasMessage("no https");
    assertThat(config).doesNotExist();
  }

  @Test
  void the_environment_wins_over_the_default_and_not_over_a_chosen_name() {
    add("lab");
    environment.put("HEARTH_PROXMOX_URL", "https://ci:8006");
    environment.put("HEARTH_PROXMOX_TOKEN", "ci token");

    var found = connections.byDefault(PROXMOX);
    assertThat(found.name()).isEqualTo("environment");
    assertThat(found.origin()).isEqualTo(Origin.ENVIRONMENT);
    assertThat(found.settings()).isEqualTo(json("{\"url\":\"https://ci:8006\"}"));
    assertThat(found.secrets().get("token")).isEqualTo(Secret.of("ci token"));
    assertThat(connections.named(PROXMOX, "lab").settings().path("url").textValue())
        .isEqualTo("https://lab:8006");
  }

  @Test
  void half_an_environment_is_an_error_and_never_mixed_with_what_is_stored() {
    add("lab");
    environment.put("HEARTH_PROXMOX_TOKEN", "ci token");
    assertError(
        () -> connections.byDefault(PROXMOX),
        "connection.environment-incomplete",
        "The variable `HEARTH_PROXMOX_TOKEN` is set, but `HEARTH_PROXMOX_URL` is not.",
        "Set both, or neither to use the connection that is stored.");
  }

  @Test
  void an_empty_variable_counts_as_not_set() {
    add("lab");
    environment.put("HEARTH_PROXMOX_TOKEN", "");
    assertThat(connections.byDefault(PROXMOX).name()).isEqualTo("lab");
  }

  @Test
  void a_recipe_may_spell_a_connection_out_and_gets_nothing_added() {
    add("lab");
    environment.put("HEARTH_PROXMOX_TOKEN", "ci token");
    var spelled =
        connections.spelledOut(PROXMOX, json("{\"url\":\"https://evil\",\"password\":\"p\"}"));
    assertThat(spelled.explicit()).isTrue();
    assertThat(spelled.settings()).isEqualTo(json("{\"url\":\"https://evil\"}"));
    assertThat(spelled.secrets()).isEqualTo(Map.of("password", Secret.of("p")));
  }

  @Test
  void a_recipe_cannot_send_a_stored_secret_to_its_own_address_by_naming_it() {
    add("lab");
    assertThatThrownBy(
            () ->
                connections.spelledOut(
                    PROXMOX,
                    json(
                        """
                        {"url":"https://evil",
                         "token":{"secret":"connection/proxmox/lab/token"}}
                        """)))
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.id()).isEqualTo("connection.field-wrong"));
  }

  @Test
  void a_recipe_that_mistypes_a_field_is_told_what_it_meant() {
    assertError(
        () ->
            connections.spelledOut(PROXMOX, json("{\"url\":\"https://x\",\"fingerprnt\":\"AA\"}")),
        "connection.field-unknown",
        "A connection to proxmox has no field `fingerprnt` (in the recipe).",
        "Did you mean `fingerprint`?");
    assertThatThrownBy(() -> connections.spelledOut(PROXMOX, json("{\"user\":\"root\"}")))
        .hasMessage("The connection `recipe` to proxmox has no `url` (in the recipe).");
  }

  private void write(String text) throws IOException {
    Files.createDirectories(config);
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(file, text);
  }

  @Test
  void mistakes_of_an_editor_are_told_with_their_line() throws Exception {
    write("{\n  \"connections\": {\n    \"proxmox\": {,\n");
    assertThatThrownBy(connections::list)
        .hasMessage(file + " is not valid JSON: the mistake is at line 3, column 17.");

    write("{\n  \"conections\": {}\n}");
    assertThatThrownBy(connections::list)
        .hasMessage(file + ":2: there is no such key as `conections`; did you mean `connections`?");

    write("{\n  \"connections\": {\n    \"proxmox\": {\n      \"lab\": \"https://lab\"\n}}}");
    assertThatThrownBy(connections::list).hasMessage(file + ":4: this must be an object, `{ … }`.");

    write("{\n  \"connections\": {\n    \"proxmox\": {\n      \"lab\": {\n\"url\": [1]}}}}");
    assertThatThrownBy(connections::list)
        .hasMessage(
            file + ":5: a field holds a text, a number, true, false, or { \"secret\": \"…\" }.");

    write("{\n  \"connections\": {},\n  \"defaults\": {\n    \"proxmox\": \"lab\"\n  }\n}");
    assertThatThrownBy(connections::list)
        .hasMessage(file + ":4: there is no connection `lab` to proxmox.");

    write("{\"connections\": {\n\"proxmox\": {\n\"../lab\\u001b\": {}}}}");
    assertThatThrownBy(connections::list)
        .hasMessage(file + ":3: `../lab\\u{1B}` cannot be the name of a connection.");
  }

  @Test
  void a_mistyped_field_of_the_file_is_told_with_its_line() throws Exception {
    write(
        """
        { "connections": { "proxmox": { "lab": {
            "url": "https://lab",
            "fingerprnt": "AA"
        } } } }
        """);
    assertThatThrownBy(() -> connections.byDefault(PROXMOX))
        .hasMessage("A connection to proxmox has no field `fingerprnt` (" + file + ":3).");
  }

  @Test
  void a_secret_written_into_the_file_by_hand_is_refused() throws Exception {
    write(
        """
        { "connections": { "proxmox": { "lab": {
            "url": "https://lab",
            "token": "root@pam!x=hunter22"
        } } } }
        """);
    assertThatThrownBy(() -> connections.byDefault(PROXMOX))
        .hasMessage(
            "`token` of the connection `lab` to proxmox stands in a file that is not for secrets ("
                + file
                + ":3).");
  }

  @Test
  void a_secret_that_got_lost_is_told() {
    add("lab");
    secrets.remove("connection/proxmox/lab/token");
    assertThatThrownBy(() -> connections.named(PROXMOX, "lab"))
        .hasMessage(
            "The secret `connection/proxmox/lab/token` of the connection `lab` to proxmox is not in"
                + " the secret store.");
  }

  @Test
  void a_file_that_others_could_have_written_is_not_believed() throws Exception {
    add("lab");
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> connections.named(PROXMOX, "lab"))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> assertThat(e.id()).isEqualTo("storage.folder-open-to-others"));
  }

  @Test
  void an_endless_file_is_refused() throws Exception {
    write("{\"version\":1," + " ".repeat(17 << 20) + "\"connections\":{}}");
    assertThatThrownBy(connections::list)
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.id()).isEqualTo("storage.too-big"));
  }

  @Test
  void threads_that_add_at_once_all_succeed() throws Exception {
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < 6; t++) {
      var prefix = "t" + t + "-";
      threads.add(Thread.startVirtualThread(() -> AddConnections.add(config, prefix, 5)));
    }
    for (var thread : threads) {
      thread.join();
    }
    assertAllThere(30);
  }

  @Test
  void processes_that_add_at_once_all_succeed() throws Exception {
    var processes = new ArrayList<Process>();
    for (var prefix : new String[] {"p", "q"}) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  AddConnections.class.getName(),
                  config.toString(),
                  prefix,
                  "15")
              .inheritIO()
              .start());
    }
    for (var process : processes) {
      assertThat(process.waitFor()).isZero();
    }
    assertAllThere(30);
  }

  private void assertAllThere(int count) {
    assertThat(connections.list()).hasSize(count);
    for (var stored : connections.list()) {
      assertThat(connections.named(PROXMOX, stored.name()).secrets().get("token"))
          .isEqualTo(Secret.of("token of " + stored.name()));
    }
    assertThat(connections.list()).filteredOn(StoredConnection::isDefault).hasSize(1);
  }

  @Test
  void what_replaces_a_connection_keeps_its_place_and_none_of_its_secrets() {
    add("lab");
    add("home");
    connections.replace(
        PROXMOX,
        "lab",
        JsonNodeFactory.instance.objectNode().put("url", "https://new:8006"),
        Map.of("password", Secret.of("geheim")));
    var lab = connections.byDefault(PROXMOX);
    assertThat(lab.name()).isEqualTo("lab");
    assertThat(lab.settings()).isEqualTo(json("{\"url\":\"https://new:8006\"}"));
    assertThat(lab.secrets()).containsOnlyKeys("password");
    assertThat(secrets.names())
        .containsExactly("connection/proxmox/home/token", "connection/proxmox/lab/password");
  }

  @Test
  void whether_a_name_is_free_is_known_before_anything_else() {
    connections.requireFree(PROXMOX, "lab");
    add("lab");
    assertError(
        () -> connections.requireFree(PROXMOX, "lab"),
        "connection.exists",
        "There is a connection `lab` to proxmox already.",
        "Give the new one another name, or put it in place of the old one with `--replace`.");
  }
}
