package dev.hearth.runtime.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.HearthException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets on a real disk. */
class FileSecretStoreTest {
  private static final String NAME = "connection/proxmox/lab/token";

  private final Path config;
  private final Path file;
  private final FileSecretStore store;

  FileSecretStoreTest(@TempDir Path temp) {
    config = temp.resolve("config");
    file = config.resolve("secrets.age");
    store = new FileSecretStore(config);
  }

  @Test
  void what_was_put_is_found_by_any_later_store_until_it_is_removed() {
    store.put(NAME, Secret.of("hunter22"));
    store.put("other", Secret.of("ü👍\n\"\\"));

    var later = new FileSecretStore(config);
    assertThat(later.get(NAME)).map(Secret::reveal).contains("hunter22");
    assertThat(later.get("other")).map(Secret::reveal).contains("ü👍\n\"\\");
    assertThat(later.names()).containsExactly(NAME, "other");

    later.remove(NAME);
    later.remove(NAME);
    assertThat(store.get(NAME)).isEmpty();
  }

  @Test
  void nothing_stored_is_empty_and_makes_no_file() {
    assertThat(store.get(NAME)).isEmpty();
    assertThat(store.names()).isEmpty();
    assertThat(config).doesNotExist();
  }

  @Test
  void only_the_user_can_read_the_file_and_its_folder() throws Exception {
    store.put(NAME, Secret.of("hunter22"));
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(mode(config)).isEqualTo("rwx------");
    try (var all = Files.list(config)) {
      assertThat(all.toList()).allSatisfy(f -> assertThat(mode(f)).isEqualTo("rw-------"));
    }
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw-r-----", "rw--w----", "rw------x"})
  void a_file_that_others_can_open_is_refused_with_the_command_to_type(String mode)
      throws Exception {
    store.put(NAME, Secret.of("hunter22"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    for (var attempt :
        List.<Runnable>of(
            () -> store.get(NAME), store::names, () -> store.put("new", Secret.of("x")))) {
      assertThatThrownBy(attempt::run)
          .isInstanceOfSatisfying(
              HearthException.class,
              e -> {
                assertThat(e.id()).isEqualTo("storage.readable-by-others");
                assertThat(e.hint()).contains("chmod 600 " + file);
              });
    }
  }

  @Test
  void a_folder_that_others_can_write_into_is_refused() throws Exception {
    store.put(NAME, Secret.of("hunter22"));
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rwxrwx---"));
    assertThatThrownBy(() -> store.get(NAME))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> assertThat(e.id()).isEqualTo("storage.folder-open-to-others"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"version\":1,\"secrets\":{\"a\":hunter22}}",
        "{\"version\":1,\"secrets\":{\"a\":\"hunter22",
        "{\"version\":1,\"secrets\":{\"a\":\"hunter22\",\"a\":\"x\"}}",
        "{\"version\":1,\"secrets\":{\"a\":[\"hunter22\"]}}",
        "{\"version\":1,\"secrets\":\"hunter22\"}",
        "hunter22",
        "[\"hunter22\"]",
        "{} hunter22",
      })
  void a_damaged_file_is_an_error_that_gives_no_secret_away(String content) throws Exception {
    store.put(NAME, Secret.of("old"));
    sealIntoFile(content);
    var before = Files.readString(file);
    assertThatThrownBy(() -> store.get(NAME))
        .isInstanceOf(HearthException.class)
        .satisfies(
            e -> {
              var everything = new StringWriter();
              e.printStackTrace(new PrintWriter(everything));
              assertThat(everything.toString())
                  .contains(file.toString())
                  .doesNotContain("hunter22")
                  .doesNotContain("hunter");
            });
    assertThatThrownBy(() -> store.put("b", Secret.of("x"))).isInstanceOf(HearthException.class);
    assertThat(file).hasContent(before); // nothing was overwritten
  }

  private void sealIntoFile(String content) throws Exception {
    var identity = store.identity().forSealing();
    Files.write(file, identity.sealArmored(content.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void a_file_of_a_newer_hearth_is_left_alone() throws Exception {
    store.put(NAME, Secret.of("old"));
    sealIntoFile("{\"version\":2,\"parts\":\"…\"}");
    assertThatThrownBy(() -> store.put(NAME, Secret.of("new")))
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.id()).isEqualTo("secret.file-newer"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a//b", "/a", "a/", "a b", "a\n", "a\u0000", "ü", "a\u202e"})
  void strange_names_are_refused(String name) {
    assertThatThrownBy(() -> store.put(name, Secret.of("x")))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> {
              assertThat(e.id()).isEqualTo("secret.name-invalid");
              assertThat(e.sentence()).doesNotContain("\n", "\u0000", "\u202e");
            });
  }

  @Test
  void empty_and_endless_secrets_are_refused() {
    assertThatThrownBy(() -> store.put(NAME, Secret.of("")))
        .hasMessage("The secret `" + NAME + "` is empty.");
    assertThatThrownBy(() -> store.put(NAME, Secret.of("x".repeat(65_537))))
        .isInstanceOf(HearthException.class);
  }

  @Test
  void a_link_to_the_file_stays_a_link(@TempDir Path elsewhere) throws Exception {
    store.put(NAME, Secret.of("old"));
    var real = Files.move(file, elsewhere.resolve("real.json"));
    Files.createSymbolicLink(file, real);
    store.put(NAME, Secret.of("new"));
    assertThat(file).isSymbolicLink();
    assertThat(new FileSecretStore(config).get(NAME)).contains(Secret.of("new"));
    assertThat(real).content().startsWith("-----BEGIN AGE ENCRYPTED FILE-----");
  }

  @Test
  void a_folder_in_place_of_the_file_is_an_error_and_no_stack_trace() throws Exception {
    store.put(NAME, Secret.of("old"));
    Files.delete(file);
    Files.createDirectories(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    assertThatThrownBy(() -> store.get(NAME))
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.id()).isEqualTo("storage.not-a-file"));
  }

  @Test
  void no_byte_on_the_disk_tells_a_value_or_a_name() throws Exception {
    store.put(NAME, Secret.of("hunter22"));
    try (var all = Files.list(config)) {
      assertThat(all.toList())
          .allSatisfy(
              f ->
                  assertThat(Files.readString(f))
                      .doesNotContain("hunter22", "proxmox", "aHVudGVy"));
    }
  }

  @Test
  void a_secret_prints_as_stars_everywhere() throws Exception {
    var secret = Secret.of("hunter22");
    assertThat(secret).hasToString("***");
    assertThat("" + java.util.Optional.of(secret) + List.of(secret)).doesNotContain("hunter");
    assertThat(JsonMapper.builder().build().writeValueAsString(List.of(secret)))
        .isEqualTo("[\"***\"]");
    store.put(NAME, secret);
    assertThat(store.toString()).doesNotContain("hunter");
  }
}
