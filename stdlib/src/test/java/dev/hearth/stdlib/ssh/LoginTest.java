package dev.hearth.stdlib.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Being let in by a real OpenSSH server: its key, our keys, the agent, hosts on the way. */
class LoginTest {
  private Path folder;
  private Sshd sshd;
  private SshHome user;

  @BeforeEach
  void start(@TempDir Path own) {
    folder = own;
    sshd = Sshd.start(folder.resolve("sshd"));
    user = new SshHome(folder.resolve("home"));
  }

  @AfterEach
  void stop() {
    sshd.close();
  }

  private static final String RUN = "return (await ssh('web1').run`echo in`).text();";

  private SshHome alias(String lines) {
    return user.config(
        "Host web1\n HostName 127.0.0.1\n Port "
            + sshd.port()
            + "\n User "
            + Sshd.USER
            + "\n"
            + lines);
  }

  private String fingerprint() {
    return Sshd.run("ssh-keygen", "-lf", sshd.folder().resolve("host.pub").toString())
        .split(" ", 3)[1];
  }

  @Test
  void a_host_that_nobody_knows_is_refused_with_its_fingerprint() {
    alias(" IdentityFile " + sshd.key());

    assertThat(user.failure(RUN))
        .isEqualTo(
            """
            ssh.host-key-unknown: The host key of `[127.0.0.1]:%d` is not known: ED25519 %s.
            Compare it with `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on the host, then connect once with `ssh web1` to record it."""
                .formatted(sshd.port(), fingerprint()));
    assertThat(user.ssh("known_hosts")).doesNotExist();
  }

  @Test
  void a_host_key_that_has_changed_is_never_accepted() {
    var other = folder.resolve("other");
    Sshd.makeKey(other);
    alias(" IdentityFile " + sshd.key() + "\n StrictHostKeyChecking no")
        .knownHost("[127.0.0.1]:" + sshd.port() + " " + read(other.resolveSibling("other.pub")));

    assertThat(user.failure(RUN))
        .isEqualTo(
            """
            ssh.host-key-changed: The host key of `[127.0.0.1]:%d` is not the one that is known: it shows ED25519 %s.
            Somebody may listen in. When the host was set up anew, remove its old key with `ssh-keygen -R '[127.0.0.1]:%1$d'` and connect again."""
                .formatted(sshd.port(), fingerprint()));
  }

  @Test
  void a_revoked_host_key_is_refused_though_it_is_known() {
    alias(" IdentityFile " + sshd.key())
        .knownHost(sshd.knownHost())
        .knownHost("@revoked * " + read(sshd.folder().resolve("host.pub")));

    assertThat(user.failure(RUN)).startsWith("ssh.host-key-revoked: ");
  }

  @Test
  void a_new_host_is_recorded_so_that_the_real_ssh_knows_it_where_the_user_said_so() {
    alias(
        " IdentityFile " + sshd.key() + "\n StrictHostKeyChecking accept-new\n HashKnownHosts yes");

    assertThat(user.value(RUN)).isEqualTo("\"in\\n\"");

    assertThat(read(user.ssh("known_hosts"))).startsWith("|1|").doesNotContain("127.0.0.1");
    assertThat(realSsh("-o", "StrictHostKeyChecking=yes")).isEqualTo("in\n");
  }

  @Test
  void a_hashed_line_of_the_real_program_is_understood() {
    alias(" IdentityFile " + sshd.key()).knownHost(sshd.knownHost());
    Sshd.run("ssh-keygen", "-H", "-f", user.ssh("known_hosts").toString());

    assertThat(user.value(RUN)).isEqualTo("\"in\\n\"");
  }

  @Test
  void a_host_is_vouched_for_by_its_authority() {
    var authority = folder.resolve("ca");
    Sshd.makeKey(authority);
    Sshd.run(
        "ssh-keygen",
        "-q",
        "-s",
        authority.toString(),
        "-I",
        "web1",
        "-h",
        "-n",
        "127.0.0.1",
        sshd.folder().resolve("host.pub").toString());
    try (var certified =
        Sshd.start(
            folder.resolve("certified"),
            "HostKey " + sshd.folder().resolve("host"),
            "HostCertificate " + sshd.folder().resolve("host-cert.pub"))) {
      user.config(
              "Host web1\n HostName 127.0.0.1\n Port %d\n User %s\n IdentityFile %s"
                  .formatted(certified.port(), Sshd.USER, certified.key()))
          .knownHost("@cert-authority [127.0.0.1]:* " + read(authority.resolveSibling("ca.pub")));

      assertThat(user.value(RUN)).isEqualTo("\"in\\n\"");
    }
  }

  @Test
  void who_is_not_let_in_hears_what_was_tried() {
    var foreign = folder.resolve("foreign");
    Sshd.makeKey(foreign);
    alias(" IdentityFile " + foreign).knownHost(sshd.knownHost());

    var result = user.run(RUN, "ssh:write");

    assertThat(SshHome.text(result))
        .contains("`127.0.0.1:" + sshd.port() + "` does not let `" + Sshd.USER + "` in; it takes ")
        .contains("publickey")
        .contains(Sshd.run("ssh-keygen", "-lf", foreign + ".pub").split(" ", 3)[1]);
  }

  @Test
  void an_encrypted_key_opens_with_its_passphrase_and_says_when_it_needs_one() {
    var key = folder.resolve("locked");
    Sshd.makeKey(key, "-N", "open sesame");
    allow(key);
    alias(" IdentityFile " + key).knownHost(sshd.knownHost());

    assertThat(user.failure(RUN))
        .isEqualTo(
            """
            ssh.key-encrypted: The key `%s` needs its passphrase.
            Load it with `ssh-add`, or give the connection a `passphrase`."""
                .formatted(key));
    assertThat(
            user.value(
                "return (await ssh({ host: 'web1', passphrase: 'open sesame' }).run`echo in`).text();",
                "ssh:write",
                "net=127.0.0.1:" + sshd.port()))
        .isEqualTo("\"in\\n\"");
  }

  @Test
  void a_key_that_is_a_text_logs_in_and_no_other_is_offered() {
    alias(" IdentityFile " + sshd.key()).knownHost(sshd.knownHost());
    var foreign = folder.resolve("foreign");
    Sshd.makeKey(foreign);
    var in = "return (await ssh({ host: 'web1', privateKey: `%s` }).run`echo in`).text();";

    assertThat(user.value(in.formatted(read(sshd.key())), "all")).isEqualTo("\"in\\n\"");
    assertThat(SshHome.text(user.run(in.formatted(read(foreign)), "all")))
        .contains("does not let `" + Sshd.USER + "` in")
        .contains("(privateKey)")
        .doesNotContain(sshd.key().toString());
    assertThat(SshHome.text(user.run(in.formatted("no key"), "all")))
        .contains("ssh.key-malformed")
        .doesNotContain("no key`");
  }

  @Test
  void the_key_of_a_host_that_nobody_knows_is_told_and_recorded_nowhere() {
    alias(" StrictHostKeyChecking accept-new");

    assertThat(user.value("return ssh('web1').hostKey();")).isEqualTo('"' + fingerprint() + '"');

    assertThat(user.ssh("known_hosts")).doesNotExist();
    assertThat(sshd.logins()).isZero();
  }

  @Test
  void keys_of_every_kind_and_form_log_in() {
    for (var kind : new String[][] {{"rsa", "3072"}, {"ecdsa", "256"}, {"ecdsa", "521"}}) {
      var key = folder.resolve("key-" + kind[0] + kind[1]);
      Sshd.makeKey(key, "-t", kind[0], "-b", kind[1], "-m", "PEM");
      allow(key);
      var before = read(user.ssh("config"));
      alias(" IdentityFile " + key).knownHost(sshd.knownHost());

      assertThat(user.value(RUN)).as(key.toString()).isEqualTo("\"in\\n\"");
      write(user.ssh("config"), before);
    }
  }

  @Test
  void the_agent_signs_with_a_key_that_stands_in_no_file() {
    var key = folder.resolve("only-in-agent");
    Sshd.makeKey(key);
    var rsa = folder.resolve("rsa-in-agent");
    Sshd.makeKey(rsa, "-t", "rsa");
    allow(rsa);
    try (var agent = new SshAgent(folder.resolve("agent.sock"))) {
      agent.add(key);
      agent.add(rsa);
      delete(key);
      delete(rsa);
      alias("").knownHost(sshd.knownHost()).variable("SSH_AUTH_SOCK", agent.socket().toString());

      assertThat(user.value(RUN)).isEqualTo("\"in\\n\"");
    }
  }

  @Test
  void a_certificate_beside_the_key_lets_in() {
    var authority = folder.resolve("user-ca");
    Sshd.makeKey(authority);
    var key = folder.resolve("certified-key");
    Sshd.makeKey(key);
    Sshd.run(
        "ssh-keygen", "-q", "-s", authority.toString(), "-I", "ada", "-n", Sshd.USER, key + ".pub");
    try (var trusting =
        Sshd.start(folder.resolve("trusting"), "TrustedUserCAKeys " + authority + ".pub")) {
      user.config(
              "Host web1\n HostName 127.0.0.1\n Port %d\n User %s\n IdentityFile %s"
                  .formatted(trusting.port(), Sshd.USER, key))
          .knownHost(trusting.knownHost());

      assertThat(user.value(RUN)).isEqualTo("\"in\\n\"");
    }
  }

  @Test
  void a_host_behind_another_is_reached_through_it() {
    try (var gate = Sshd.start(folder.resolve("gate"))) {
      user.alias("gate", gate);
      alias(" IdentityFile " + sshd.key() + "\n ProxyJump gate").knownHost(sshd.knownHost());

      assertThat(user.value(RUN)).isEqualTo("\"in\\n\"");

      assertThat(gate.logins()).isEqualTo(1);
      assertThat(sshd.logins()).isEqualTo(1);
    }
  }

  @Test
  void what_does_not_speak_ssh_is_named() throws IOException {
    var listener = new SystemNet().listen("127.0.0.1", 0, null);
    try (var server =
        StreamServer.start(listener, LoginTest::answerAsAWebServer, (peer, failure) -> {})) {
      var address = NetAddress.parse(server.address());
      user.config("Host web1\n HostName 127.0.0.1\n Port " + address.port());

      assertThat(user.failure(RUN))
          .startsWith("ssh.not-ssh: What answers at `" + address + "` does not speak SSH.");
    }
  }

  private static void answerAsAWebServer(NetStream stream) throws IOException {
    stream.output().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    stream.output().flush();
  }

  private String realSsh(String... options) {
    var command = new ArrayList<>(List.of("ssh", "-F", user.ssh("config").toString()));
    command.addAll(List.of("-o", "UserKnownHostsFile=" + user.ssh("known_hosts")));
    command.addAll(List.of(options));
    command.addAll(List.of("web1", "echo in"));
    return Sshd.run(command.toArray(String[]::new));
  }

  private void allow(Path key) {
    try {
      Files.writeString(
          sshd.folder().resolve("authorized_keys"),
          read(Path.of(key + ".pub")),
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
