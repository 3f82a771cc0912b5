package dev.hearth.stdlib.docker.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.stdlib.WaitsFor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engines that other tests stand on, asked with other people's clients. */
@WaitsFor("docker")
class DockerLabTest {
  @ParameterizedTest
  @CsvSource({"20, 20.10.24", "26, 26.1.5", "podman, 4.3.1"})
  void an_engine_runs_a_container_and_publishes_its_port(String engine, String version)
      throws IOException {
    var lab = DockerLab.engine(engine);

    assertThat(lab.docker("version", "--format", "{{.Server.Version}}")).startsWith(version);
    var id =
        lab.docker("run", "-d", "-p", "127.0.0.1:8000:80", "lab/bb:1", "httpd", "-f", "-h", "/www")
            .strip();
    try (var port = lab.forward(8000)) {
      assertThat(ask(port.number())).endsWith("\r\n\r\nhearth\n");
    } finally {
      lab.docker("rm", "-f", id);
    }
  }

  @ParameterizedTest
  @CsvSource({"20", "26"})
  void its_tcp_port_lets_in_who_has_a_certificate(String engine) throws IOException {
    var lab = DockerLab.engine(engine);
    try (var port = lab.tls()) {
      var url = "https://127.0.0.1:" + port.number() + "/_ping";
      var ca = lab.certificates().resolve("ca.pem").toString();
      var cert = lab.certificates().resolve("cert.pem").toString();
      var key = lab.certificates().resolve("key.pem").toString();

      assertThat(run("curl", "-s", "--cacert", ca, "--cert", cert, "--key", key, url))
          .isEqualTo("OK");
      assertThatThrownBy(() -> run("curl", "-s", "--cacert", ca, url))
          .hasMessageContaining("ended with");
    }
  }

  @Test
  void an_engine_is_reached_over_ssh(@TempDir Path folder) throws IOException {
    var lab = DockerLab.engine("26");
    try (var sshd = lab.overSsh(folder)) {
      assertThat(
              run(
                  "ssh",
                  "-o",
                  "StrictHostKeyChecking=no",
                  "-o",
                  "UserKnownHostsFile=" + folder.resolve("known"),
                  "-i",
                  sshd.key().toString(),
                  "-p",
                  Integer.toString(sshd.port()),
                  "127.0.0.1",
                  "printf 'GET /_ping HTTP/1.0\\r\\n\\r\\n' | docker system dial-stdio"))
          .contains("200 OK");
    }
  }

  @Test
  void a_port_of_this_machine_is_seen_in_the_network_of_an_engine() throws Exception {
    var lab = DockerLab.engine("26");
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var _ = lab.expose(server.getLocalPort())) {
      var said = Thread.ofVirtual().start(() -> sayHello(server));

      assertThat(lab.within("curl", "-s", "--http0.9", "http://127.0.0.1:" + server.getLocalPort()))
          .isEqualTo("hello");
      said.join();
    }
  }

  @Test
  void nothing_is_left_of_an_engine() throws IOException {
    var forwarding = Files.readString(Path.of("/proc/sys/net/ipv4/ip_forward"));
    var mounts = Files.readString(Path.of("/proc/self/mounts"));
    var lab = DockerLab.start("26");
    var folder = lab.socket().getParent();
    lab.docker("run", "-d", "-p", "127.0.0.1:8000:80", "lab/bb:1", "sleep", "1000");
    lab.close();

    assertThat(folder).doesNotExist();
    assertThat(run("ps", "-e", "-o", "args")).doesNotContain(folder + "/");
    assertThat(Path.of("/proc/self/mounts")).hasContent(mounts);
    assertThat(Path.of("/proc/sys/net/ipv4/ip_forward")).hasContent(forwarding);
    assertThat(Path.of("/sys/class/net/docker0")).doesNotExist();
  }

  private static void sayHello(ServerSocket server) {
    try (var client = server.accept()) {
      client.getOutputStream().write("hello".getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String ask(int port) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static String run(String... command) throws IOException {
    var process = new ProcessBuilder(command).start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    var complaint = new String(process.getErrorStream().readAllBytes(), UTF_8);
    int status = process.onExit().join().exitValue();
    if (status != 0) {
      throw new IllegalStateException(
          List.of(command) + " ended with " + status + ": " + complaint);
    }
    return said;
  }
}
