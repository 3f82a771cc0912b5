package dev.hearth.stdlib.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.stdlib.ClosedPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports of this machine that lead to what a host reaches, and the other way round. */
class ForwardingTest {
  private Sshd sshd;
  private SshHome user;
  private StreamServer service;

  @BeforeEach
  void start(@TempDir Path folder) {
    sshd = Sshd.start(folder.resolve("sshd"));
    user =
        new SshHome(folder.resolve("home")).alias("web1", sshd).variable("PATH", "/usr/bin:/bin");
    service =
        StreamServer.start(
            new SystemNet().listen("127.0.0.1", 0, null), ForwardingTest::shout, (peer, e) -> {});
  }

  @AfterEach
  void stop() throws IOException {
    service.close();
    sshd.close();
  }

  /** Answers a line in capitals, and {@code big} with a lot; then it ends. */
  private static void shout(NetStream stream) throws IOException {
    var line = new BufferedReader(new InputStreamReader(stream.input(), UTF_8)).readLine();
    var answer =
        "big".equals(line) ? "x".repeat(3_000_000) : String.valueOf(line).toUpperCase(ROOT);
    stream.output().write(answer.getBytes(UTF_8));
    stream.output().flush();
    stream.closeOutput();
  }

  private int port() {
    return Integer.parseInt(service.address().replaceFirst(".*:", ""));
  }

  /** What programs on either side talk with. */
  private static final String TALK =
      """
      const { $ } = await import('hearth:shell');
      const web = ssh('web1');
      const talk = (port, word) => `exec 3<>/dev/tcp/localhost/${port} && echo ${word} >&3 && cat <&3 | cksum`;
      const here = async (port, word) => (await $({ nothrow: true })`bash -c ${talk(port, word)}`).stdout;
      const there = async (port, word) => (await web.run({ nothrow: true })`bash -c ${talk(port, word)}`).stdout;
      """;

  /** The checksum of what was said, as a JSON string. */
  private static String said(String text) {
    try {
      var file = Files.createTempFile(Path.of(System.getProperty("java.io.tmpdir")), "said", "");
      try {
        Files.writeString(file, text);
        return "\"" + Sshd.run("sh", "-c", "cksum <" + file).strip() + "\\n\"";
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String value(String body, String... more) {
    var grants = new ArrayList<>(List.of("ssh:write", "exec=bash"));
    grants.addAll(List.of(more));
    return user.value(TALK + body, grants.toArray(String[]::new));
  }

  @Test
  void a_port_here_leads_to_what_the_host_reaches_until_it_is_closed() {
    assertThat(
            value(
                """
                const tunnel = await web.forward({ to: 'localhost:%d' });
                const said = [await here(tunnel.port, 'hello'), ...await Promise.all(['one', 'big', 'two'].map((word) => here(tunnel.port, word)))];
                await tunnel.close();
                return [tunnel.host, said, await here(tunnel.port, 'late')];
                """
                    .formatted(port()),
                "listen=127.0.0.1:0"))
        .isEqualTo(
            "[\"127.0.0.1\",[%s,%s,%s,%s],\"\"]"
                .formatted(said("HELLO"), said("ONE"), said("x".repeat(3_000_000)), said("TWO")));
  }

  @Test
  void a_port_of_the_host_leads_to_what_this_machine_reaches_until_it_is_closed() {
    assertThat(
            value(
                """
                const tunnel = await web.forwardBack({ to: '127.0.0.1:%d' });
                const said = [await there(tunnel.port, 'hello'), ...await Promise.all(['one', 'big', 'two'].map((word) => there(tunnel.port, word)))];
                await tunnel.close();
                return [tunnel.host, said, await there(tunnel.port, 'late')];
                """
                    .formatted(port()),
                "net=127.0.0.1:" + port()))
        .isEqualTo(
            "[\"localhost\",[%s,%s,%s,%s],\"\"]"
                .formatted(said("HELLO"), said("ONE"), said("x".repeat(3_000_000)), said("TWO")));
  }

  @Test
  void what_is_open_when_the_run_ends_is_closed() throws IOException {
    var port =
        value(
            "return (await web.forward({ to: 'localhost:%d' })).port;".formatted(port()),
            "listen=127.0.0.1:0");

    assertThat(ClosedPort.refuses(Integer.parseInt(port))).isTrue();
  }

  @Test
  void listening_here_and_reaching_from_here_take_grants_and_the_far_end_takes_the_host_alone() {
    assertThat(user.failure("await ssh('web1').forward({ to: 'localhost:1' });"))
        .startsWith("permission.denied: ")
        .contains("listen=127.0.0.1:0");
    assertThat(user.failure("await ssh('web1').forwardBack({ to: 'localhost:1' });"))
        .startsWith("permission.denied: ")
        .contains("net=localhost");
    assertThat(
            user.failure(
                "await ssh('web1').forward({ to: 'localhost:1' });",
                "ssh:read",
                "listen=127.0.0.1:0"))
        .startsWith("permission.");
  }

  @Test
  void what_cannot_be_forwarded_is_said() {
    assertThat(user.failure("await ssh('web1').forward({ to: 'nowhere' });"))
        .startsWith("ssh.host-malformed: `nowhere` is not a host");
    try (var strict = Sshd.start(user.path().resolve("strict"), "AllowTcpForwarding no")) {
      user.alias("strict", strict);
      assertThat(
              user.failure(
                  "await ssh('strict').forwardBack({ to: 'localhost:1', port: 23456 });",
                  "ssh:write",
                  "net=localhost:1"))
          .startsWith("ssh.listen-refused: `strict` does not listen at `localhost:23456` for us.");
    }
  }

  @Test
  void a_stream_that_leads_nowhere_is_told_and_the_next_one_works() throws IOException {
    int dead;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      dead = socket.getLocalPort();
    }

    assertThat(
            value(
                """
                const tunnel = await web.forward({ to: 'localhost:%d' });
                return [await here(tunnel.port, 'hello'), await here(tunnel.port, 'again')];
                """
                    .formatted(dead),
                "listen=127.0.0.1:0"))
        .isEqualTo("[%s,%s]".formatted(said(""), said("")));
    assertThat(user.events().toString()).contains("a stream to localhost:" + dead + " ended");
  }
}
