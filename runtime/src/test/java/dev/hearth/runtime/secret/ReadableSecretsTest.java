package dev.hearth.runtime.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an earlier Hearth kept readable, on its way into a sealed file. */
class ReadableSecretsTest {
  private static final String READABLE =
      "{\"version\":1,\"secrets\":{\"a\":\"hunter22\",\"b\":\"open sesame\"}}";

  private final Path config;
  private final Path readable;

  ReadableSecretsTest(@TempDir Path temp) {
    config = temp.resolve("config");
    readable = config.resolve("secrets.json");
  }

  @BeforeEach
  void keepThemReadable() throws IOException {
    Files.createDirectory(
        config, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    writeReadable();
  }

  private void writeReadable() throws IOException {
    Files.writeString(readable, READABLE);
    Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rw-------"));
  }

  private FileSecretStore store() {
    return new FileSecretStore(config);
  }

  private Set<String> files() throws IOException {
    try (var files = Files.list(config)) {
      return files.map(f -> f.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private void assertSealed() throws IOException {
    assertThat(store().get("a")).contains(Secret.of("hunter22"));
    assertThat(store().get("b")).contains(Secret.of("open sesame"));
    assertThat(readable).doesNotExist();
    try (var files = Files.list(config)) {
      assertThat(files.toList())
          .allSatisfy(f -> assertThat(Files.readString(f)).doesNotContain("hunter22", "sesame"));
    }
  }

  @Test
  void the_first_use_of_any_kind_seals_them() throws IOException {
    for (var use :
        List.<Runnable>of(
            () -> store().get("a"),
            () -> store().names(),
            () -> store().remove("c"),
            () -> store().put("c", Secret.of("new")))) {
      writeReadable();
      use.run();
      assertSealed();
    }
  }

  @Test
  void one_that_was_killed_before_the_old_file_went_is_finished_by_the_next() throws IOException {
    store().names();
    store().put("c", Secret.of("newer"));
    writeReadable();

    assertSealed();
    assertThat(store().get("c")).contains(Secret.of("newer"));
  }

  @Test
  void one_that_was_killed_when_there_was_no_more_than_a_key_is_begun_anew() throws IOException {
    store().identity().forSealing();
    Files.createFile(config.resolve(".hearth-1.new"));
    assertThat(readable).exists();

    assertSealed();
  }

  @Test
  void what_an_earlier_hearth_stored_since_counts() throws IOException {
    store().put("a", Secret.of("old"));
    writeReadable();

    assertSealed();
  }

  @Test
  void nothing_goes_when_the_key_is_missing() throws IOException {
    store().names();
    Files.delete(config.resolve("identity.txt"));
    writeReadable();

    assertThatThrownBy(() -> store().get("a"))
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.id()).isEqualTo("secret.key-missing"));
    assertThat(readable).hasContent(READABLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void a_process_killed_while_it_seals_loses_nothing(int when) throws Exception {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SealSecrets.class.getName(),
            config.toString());
    var process = new ProcessBuilder(command).inheritIO().start();
    // Each time at another sight: the key's lock, the key, the lock, the new file, the sealed file.
    var sights = List.of(".identity.txt.lock", "identity.txt", ".secrets.age.lock", "secrets.age");
    while (process.isAlive() && when < sights.size() && !files().contains(sights.get(when))) {
      Thread.onSpinWait();
    }
    if (when == sights.size()) {
      while (process.isAlive() && files().stream().noneMatch(name -> name.endsWith(".new"))) {
        Thread.onSpinWait();
      }
    }
    process.destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

    assertSealed();
  }
}
