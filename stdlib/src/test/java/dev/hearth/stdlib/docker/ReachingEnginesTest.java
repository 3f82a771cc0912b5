package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import dev.hearth.stdlib.docker.lab.DockerLab;
import dev.hearth.stdlib.ssh.Sshd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real engines, by every way that leads to one. */
@WaitsFor("docker")
class ReachingEnginesTest {
  private static final String API = "return (await docker().version()).ApiVersion;";

  private Path folder;
  private UserHome user;

  @BeforeEach
  void home(@TempDir Path own) {
    folder = own;
    user = new UserHome(own.resolve("home"), "docker");
  }

  @ParameterizedTest
  @CsvSource({"20, 1.41", "26, 1.45", "podman, 1.41"})
  void engines_are_spoken_to_in_their_own_version_by_their_socket(String engine, String version) {
    user.variable("DOCKER_HOST", DockerLab.engine(engine).host());
    assertThat(user.value(API)).isEqualTo("\"" + version + "\"");
    assertThat(
            user.value(
                "return (await docker().request('GET', '/images/json')).flatMap((i) => i.RepoTags).join();"))
        .contains("lab/bb:1");
  }

  @Test
  void a_port_with_tls_takes_the_users_certificates_and_nobody_else() {
    var engine = DockerLab.engine("26");
    try (var port = engine.tls()) {
      user.variable("DOCKER_HOST", "tcp://127.0.0.1:" + port.number())
          .variable("DOCKER_TLS_VERIFY", "1");
      copy(engine.certificates(), user.file(".docker/ca.pem"), "ca.pem");
      assertThat(user.failure(API))
          .as("without a certificate of one's own")
          .startsWith("net.tls-failed");
      copy(engine.certificates(), user.file(".docker/cert.pem"), "cert.pem");
      copy(engine.certificates(), user.file(".docker/key.pem"), "key.pem");
      assertThat(user.value(API)).isEqualTo("\"1.45\"");
      user.variable("DOCKER_TLS_VERIFY", "");
      assertThat(user.failure(API)).as("without TLS").startsWith("docker.");
    }
  }

  @Test
  void an_engine_with_another_certificate_than_the_authority_signed_is_not_believed() {
    var engine = DockerLab.engine("26");
    var other = DockerLab.engine("20");
    try (var port = engine.tls()) {
      user.variable("DOCKER_HOST", "tcp://127.0.0.1:" + port.number())
          .variable("DOCKER_TLS_VERIFY", "1")
          .variable("DOCKER_CERT_PATH", other.certificates().toString());
      assertThat(user.failure(API)).startsWith("tls.untrusted");
    }
  }

  @Test
  void a_connection_that_is_spelled_out_needs_its_certificates_granted() {
    var engine = DockerLab.engine("26");
    try (var port = engine.tls()) {
      var address = "127.0.0.1:" + port.number();
      var body =
          "return (await docker({ host: 'tcp://%s', certs: '%s' }).version()).ApiVersion;"
              .formatted(address, engine.certificates());
      var net = "net=" + address;
      assertThat(user.failure(body, "docker:write", net)).startsWith("permission.denied");
      assertThat(user.value(body, "docker:write", net, "read=" + engine.certificates()))
          .isEqualTo("\"1.45\"");
    }
  }

  @Test
  void a_host_by_ssh_is_asked_with_its_own_docker() {
    var engine = DockerLab.engine("26");
    try (var sshd = engine.overSsh(folder.resolve("sshd"))) {
      user.write(".ssh/known_hosts", sshd.knownHost() + "\n")
          .write(
              ".ssh/config",
              """
              Host nas
                HostName 127.0.0.1
                Port %d
                IdentityFile %s
              """
                  .formatted(sshd.port(), sshd.key()))
          .variable("DOCKER_HOST", "ssh://" + Sshd.USER + "@nas");
      assertThat(user.value(API)).isEqualTo("\"1.45\"");
      assertThat(
              user.value(
                  """
                  const engine = docker();
                  const all = Array.from({ length: 40 }, () => engine.containers.list({ all: true }));
                  return (await Promise.all(all)).length;
                  """))
          .as("more at once than one login has channels")
          .isEqualTo("40");
      long before = dials(sshd);
      assertThat(
              user.value(
                  """
                  const engine = docker();
                  for (let i = 0; i < 12; i++) await engine.containers.list({ all: true });
                  return (await engine.version()).ApiVersion;
                  """))
          .isEqualTo("\"1.45\"");
      assertThat(dials(sshd) - before).as("one after another over the same").isOne();
    }
  }

  @Test
  void a_host_whose_key_nobody_knows_is_refused() {
    try (var sshd = DockerLab.engine("26").overSsh(folder.resolve("sshd"))) {
      user.variable("DOCKER_HOST", "ssh://%s@127.0.0.1:%d".formatted(Sshd.USER, sshd.port()));
      assertThat(user.failure(API)).startsWith("ssh.host-key-unknown");
    }
  }

  private static long dials(Sshd sshd) {
    return sshd.log().filter(line -> line.contains("Starting session")).count();
  }

  private static void copy(Path from, Path to, String name) {
    try {
      Files.copy(from.resolve(name), to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
