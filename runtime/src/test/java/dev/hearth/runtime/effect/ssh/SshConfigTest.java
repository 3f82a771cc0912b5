package dev.hearth.runtime.effect.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.gate.Audit;
import dev.hearth.runtime.effect.gate.Gate;
import dev.hearth.runtime.effect.gate.Principal;
import dev.hearth.runtime.effect.gate.World;
import dev.hearth.runtime.permission.Grant;
import dev.hearth.runtime.permission.Grants;
import dev.hearth.runtime.permission.Permission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our reading of ssh_config against that of the real program, {@code ssh -G}. */
class SshConfigTest {
  private static final String LOCAL_USER = System.getProperty("user.name");

  private static final String CONFIG =
      """
      # comments and blank lines mean nothing

      Host web? !web9
        HostName %h.example.org
        Port=2201
        IdentityFile ~/.ssh/id_%n   # a comment behind
        IdentityFile "~/.ssh/with space"

      Host web1
        User ada
        Port 9999

      Host *.lan,never bastion
        User lan

      HOST gate
        hostname 10.0.0.1
        ProxyJump ada@first.example.org:2200,second

      Match host 10.0.0.1 user nobody
        Port 7777

      Match originalhost gate
        Port 7778
        UserKnownHostsFile ~/.ssh/other /dev/null

      Match host *.example.org
        StrictHostKeyChecking accept-new
        HashKnownHosts yes

      Include conf.d/*.conf

      Host *
        User fallback
        ServerAliveInterval 15
        ConnectTimeout 7
        IdentitiesOnly yes
      """;

  private Path home;
  private Path user;

  @BeforeEach
  void aConfiguration(@TempDir Path own) throws IOException {
    home = own;
    user = home.resolve(".ssh/config");
    Files.createDirectories(home.resolve(".ssh/conf.d"));
    Files.writeString(user, CONFIG);
    Files.writeString(
        home.resolve(".ssh/conf.d/10-more.conf"),
        "Host included\n  HostName 192.0.2.7\n  Port 2222\n  CertificateFile ~/.ssh/cert.pub\n");
    Files.writeString(home.resolve(".ssh/conf.d/.hidden.conf"), "Host included\n  User hidden\n");
  }

  private static dev.hearth.runtime.effect.Files files() {
    var grants = Grants.of(Grant.Origin.FLAG, List.of(new Permission.Read(Path.of("/"))));
    var gate =
        Gate.of(Limits.DEFAULT, new Audit(entry -> {}), List.of())
            .as(new Principal("test", grants));
    return World.real(new SystemNet(), Environment.system(), _ -> Optional.empty(), Limits.DEFAULT)
        .through(gate)
        .files();
  }

  private SshConfig config() {
    return new SshConfig(files(), home, LOCAL_USER, user, home.resolve("no-such-file"));
  }

  private SshTarget target(String alias) {
    return new TargetReader(config(), name -> Optional.empty(), home, LOCAL_USER)
        .read(alias, TargetReader.Given.NOTHING)
        .target();
  }

  /** What {@code ssh -G} says, by keyword. */
  private List<String> witness(String alias, String keyword) throws Exception {
    // Includes of -F are looked for in the real home, so that path is written out for the program.
    var copy = home.resolve("witness");
    var text =
        Files.readString(user).replace("Include conf.d", "Include " + home.resolve(".ssh/conf.d"));
    Files.writeString(copy, text);
    var process =
        new ProcessBuilder("ssh", "-G", "-F", copy.toString(), alias)
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    var values = new ArrayList<String>();
    for (var line : said.lines().toList()) {
      if (line.startsWith(keyword + " ")) {
        values.add(line.substring(keyword.length() + 1));
      }
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"web1", "web2", "web9", "gate", "bastion", "x.lan", "included", "WEB1", "unknown"})
  void a_host_is_read_as_the_real_program_reads_it(String alias) throws Exception {
    var target = target(alias);

    assertThat(List.of(target.host())).isEqualTo(witness(alias, "hostname"));
    assertThat(List.of(target.user())).isEqualTo(witness(alias, "user"));
    assertThat(List.of(String.valueOf(target.port()))).isEqualTo(witness(alias, "port"));
    assertThat(List.of(String.valueOf(target.aliveSeconds())))
        .isEqualTo(witness(alias, "serveraliveinterval"));
    assertThat(List.of(String.valueOf(target.timeoutSeconds())))
        .isEqualTo(witness(alias, "connecttimeout"));
    assertThat(List.of(target.identitiesOnly() ? "yes" : "no"))
        .isEqualTo(witness(alias, "identitiesonly"));
    assertThat(List.of(target.hashHosts() ? "yes" : "no"))
        .isEqualTo(witness(alias, "hashknownhosts"));
    var named = config().lookup(alias, Map.of());
    if (!named.all("identityfile").isEmpty()) {
      assertThat(named.all("identityfile")).isEqualTo(witness(alias, "identityfile"));
    }
    assertThat(named.all("certificatefile")).isEqualTo(witness(alias, "certificatefile"));
    assertThat(named.value("proxyjump").map(List::of).orElse(List.of()))
        .isEqualTo(witness(alias, "proxyjump"));
  }

  @Test
  void tokens_and_the_home_folder_are_filled_in() {
    assertThat(target("web1").identities())
        .extracting(SshTarget.Identity::file)
        .containsExactly(
            home.resolve(".ssh/id_web1").toString(), home.resolve(".ssh/with space").toString());
    assertThat(target("gate").knownHosts()).containsExactly(home.resolve(".ssh/other").toString());
    assertThat(target("web1").hostKeys()).isEqualTo(SshTarget.HostKeys.RECORD);
    assertThat(target("unknown").hostKeys()).isEqualTo(SshTarget.HostKeys.ASK);
  }

  @Test
  void hosts_on_the_way_come_in_their_order() {
    assertThat(target("gate").way())
        .extracting(SshTarget::toString)
        .containsExactly(
            "ada@first.example.org:2200", "fallback@second:22", "fallback@10.0.0.1:7778");
  }

  @Test
  void a_host_is_the_users_own_only_when_a_line_names_it() {
    assertThat(config().lookup("web1", Map.of()).named()).isTrue();
    assertThat(config().lookup("x.lan,never", Map.of()).named()).isTrue();
    assertThat(config().lookup("web9", Map.of()).named()).isFalse();
    assertThat(config().lookup("unknown", Map.of()).named()).isFalse();
  }

  @Test
  void a_command_that_the_file_would_run_is_refused_by_name() throws IOException {
    Files.writeString(user, "Match exec \"touch /tmp/x\"\n  User x\n");
    assertThatThrownBy(() -> target("web1"))
        .isInstanceOf(HearthException.class)
        .hasMessage(user + ":1 uses `Match exec`, which Hearth does not do.");

    Files.writeString(user, "Host web1\n  ProxyCommand nc %h %p\n");
    assertThatThrownBy(() -> target("web1"))
        .isInstanceOf(HearthException.class)
        .hasMessage("ssh_config of `web1` uses `ProxyCommand`, which Hearth does not do.");
  }

  @Test
  void files_that_include_each_other_and_hosts_that_jump_in_circles_end() throws IOException {
    Files.writeString(user, "Include " + user + "\n");
    assertThatThrownBy(() -> target("web1")).hasMessageContaining("includes itself");

    Files.writeString(user, "Host a\n ProxyJump b\nHost b\n ProxyJump a\n");
    assertThatThrownBy(() -> target("a")).isInstanceOf(HearthException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Port abc",
        "Host",
        "Port 22 \"open",
        "StrictHostKeyChecking perhaps",
        "Match frob x"
      })
  void a_line_that_makes_no_sense_is_shown_with_its_place(String line) throws IOException {
    Files.writeString(user, line + "\n");

    assertThatThrownBy(() -> target("web1"))
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.code()).isEqualTo(SshError.CONFIG_SYNTAX));
  }
}
