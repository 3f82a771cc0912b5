package dev.hearth.runtime.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.storage.PrivateFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys on a real disk, and the program `age` on the other side. */
class IdentityTest {
  private static final byte[] TEXT = "ü👍\n{\"a\": \"hunter22\"}".getBytes(UTF_8);

  private final Path folder;
  private final Path key;

  IdentityTest(@TempDir Path temp) throws IOException {
    folder = temp;
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwx------"));
    key = temp.resolve("key");
  }

  private IdentityFile chosen() {
    return new IdentityFile(folder, () -> Optional.of(key));
  }

  private Identity identity() {
    return chosen().forOpening();
  }

  private static void assertFails(ThrowingCallable call, String id) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(HearthException.class, e -> assertThat(e.id()).isEqualTo(id));
  }

  private static void run(String... command) throws Exception {
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).describedAs(said).isZero();
  }

  private static void assumeProgram(String name) {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(f -> Files.isExecutable(Path.of(f, name))),
        "the program `" + name + "` is not installed");
  }

  /** Makes a key as users do. */
  private void make(String kind) throws Exception {
    if (kind.equals("age")) {
      assumeProgram("age-keygen");
      run("age-keygen", "-o", key.toString());
    } else {
      assumeProgram("ssh-keygen");
      run("ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "", "-f", key.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"age", "ed25519", "rsa"})
  void what_age_seals_is_opened_and_age_opens_what_is_sealed(String kind) throws Exception {
    assumeProgram("age");
    make(kind);
    var plain = Files.write(folder.resolve("plain"), TEXT);
    for (var armor : List.of(List.<String>of(), List.of("-a"))) {
      var sealed = folder.resolve("sealed" + armor.size());
      var command =
          Stream.of(
                  Stream.of("age", "-r", identity().recipient(), "-o", sealed.toString()),
                  armor.stream(),
                  Stream.of(plain.toString()))
              .flatMap(words -> words);
      run(command.toArray(String[]::new));
      assertThat(identity().open(Files.readAllBytes(sealed), "it")).isEqualTo(TEXT);
    }
    for (var sealed : List.of(identity().seal(TEXT), identity().sealArmored(TEXT))) {
      var file = Files.write(folder.resolve("ours"), sealed);
      var opened = folder.resolve("opened");
      run("age", "-d", "-i", key.toString(), "-o", opened.toString(), file.toString());
      assertThat(opened).hasBinaryContent(TEXT);
    }
  }

  @Test
  void an_identity_of_our_own_is_one_that_age_reads() throws Exception {
    assumeProgram("age");
    var own = new IdentityFile(folder, Optional::empty);
    var sealed = Files.write(folder.resolve("sealed"), own.forSealing().seal(TEXT));
    var opened = folder.resolve("opened");
    run("age", "-d", "-i", own.path().toString(), "-o", opened.toString(), sealed.toString());
    assertThat(opened).hasBinaryContent(TEXT);
    assertThat(own.path()).content().contains("# public key: " + own.forSealing().recipient());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own.path())))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "rsa"})
  void what_is_sealed_for_an_ssh_key_is_for_no_other(String kind) throws Exception {
    make(kind);
    var sealed = identity().seal(TEXT);
    Files.delete(key);
    Files.delete(folder.resolve("key.pub"));
    make(kind);
    assertFails(() -> identity().open(sealed, "it"), "secret.sealed-for-another");
  }

  @Test
  void of_several_keys_the_first_seals_and_all_open() throws Exception {
    var old = Identity.generate();
    write(old);
    var sealed = identity().seal(TEXT);
    write(Identity.generate() + "\n# the old one\n" + old);
    assertThat(identity().open(sealed, "it")).isEqualTo(TEXT);
    var again = identity().seal(TEXT);
    write(old);
    assertFails(() -> identity().open(again, "it"), "secret.sealed-for-another");
  }

  private void write(String text) throws IOException {
    Files.writeString(key, text);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void a_key_with_a_passphrase_says_so() throws Exception {
    assumeProgram("ssh-keygen");
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "hunter22", "-f", key.toString());
    assertFails(this::identity, "secret.key-locked");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nothing",
        "hunter22",
        "AGE-SECRET-KEY-1HUNTER22",
        "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----\naHVudGVyMjI=\n-----END OPENSSH PRIVATE KEY-----\n",
        "-----BEGIN OPENSSH PRIVATE KEY-----\n!\n-----END OPENSSH PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\nhunter22\n",
      })
  void what_is_no_key_is_an_error_that_does_not_quote_it(String text) throws Exception {
    write(text);
    assertThatThrownBy(this::identity)
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> {
              assertThat(e.id()).isEqualTo("secret.key-wrong");
              var all = new StringWriter();
              e.printStackTrace(new PrintWriter(all));
              assertThat(all.toString()).doesNotContainIgnoringCase("hunter22", "aHVudGVyMjI");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-rw----", "rw----r--"})
  void a_key_that_others_can_read_is_refused_wherever_it_is(String mode) throws Exception {
    write(Identity.generate());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(mode));
    assertFails(this::identity, "storage.readable-by-others");
    var link = Files.createSymbolicLink(folder.resolve("identity.txt"), key);
    var own = new IdentityFile(folder, Optional::empty);
    assertFails(own::forSealing, "storage.readable-by-others");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void no_key_is_written_to_where_a_dead_link_leads() throws Exception {
    var elsewhere = folder.resolve("elsewhere");
    Files.createSymbolicLink(folder.resolve("identity.txt"), elsewhere);
    assertFails(new IdentityFile(folder, Optional::empty)::forSealing, "storage.dead-link");
    assertThat(elsewhere).doesNotExist();
  }

  @Test
  void a_chosen_key_that_is_missing_is_never_made() {
    assertFails(() -> chosen().forSealing(), "secret.key-missing");
    assertThat(key).doesNotExist();
  }

  @Test
  void a_pipe_in_place_of_the_key_does_not_make_hearth_wait() throws Exception {
    run("mkfifo", "-m", "600", key.toString());
    assertFails(this::identity, "storage.not-a-file");
  }

  @Test
  void of_many_that_begin_at_once_one_makes_the_key() throws Exception {
    Callable<String> begin =
        () -> new IdentityFile(folder, Optional::empty).forSealing().recipient();
    try (var threads = Executors.newFixedThreadPool(8)) {
      var keys =
          threads.invokeAll(Stream.generate(() -> begin).limit(32).toList()).stream()
              .map(future -> future.resultNow())
              .distinct();
      assertThat(keys).hasSize(1);
    }
  }

  @Test
  void each_changed_byte_is_found() throws Exception {
    write(Identity.generate());
    var sealed = identity().seal(TEXT);
    for (int at = 0; at < sealed.length; at++) {
      var changed = sealed.clone();
      changed[at] ^= 1;
      assertThatThrownBy(() -> identity().open(changed, "it")).isInstanceOf(HearthException.class);
    }
    for (int length = 0; length < sealed.length; length++) {
      var cut = java.util.Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> identity().open(cut, "it")).isInstanceOf(HearthException.class);
    }
  }

  @Test
  void a_key_does_not_print() throws Exception {
    var text = Identity.generate();
    write(text);
    assertThat(
            identity()
                + ""
                + chosen()
                + new PrivateFile(key)
                + AgeKey.read(text.lines().toList().getLast()))
        .doesNotContain("AGE-SECRET-KEY");
  }
}
