package dev.hearth.stdlib.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.stdlib.SeenSockets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** That MINA, which could open sockets and start programs by itself, does neither. */
@Isolated
class GateTest {
  private final Path folder;

  GateTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void every_socket_that_the_jvm_sees_passed_the_gate_and_is_on_the_record() throws IOException {
    try (var sshd = Sshd.start(folder.resolve("sshd"));
        var gate = Sshd.start(folder.resolve("gate"));
        var service =
            StreamServer.start(
                new SystemNet().listen("127.0.0.1", 0, null), GateTest::greet, (peer, e) -> {});
        var agent = new SshAgent(folder.resolve("agent.sock"))) {
      agent.add(sshd.key());
      everythingIsSeen(sshd, gate, service, agent);
    }
  }

  private void everythingIsSeen(Sshd sshd, Sshd gate, StreamServer service, SshAgent agent)
      throws IOException {
    try (var seen = new SeenSockets()) {
      var user =
          new SshHome(folder.resolve("home"))
              .variable("SSH_AUTH_SOCK", agent.socket().toString())
              .alias("gate", gate)
              .alias("web1", sshd)
              .config(
                  "Host behind\n HostName 127.0.0.1\n Port %d\n User %s\n ProxyJump gate\n IdentityFile %s"
                      .formatted(sshd.port(), Sshd.USER, sshd.key()));
      Files.writeString(folder.resolve("file"), "content");

      user.value(
          """
          const [web, behind] = [ssh('web1'), ssh('behind')];
          await Promise.all([web.run`uname`, behind.run`uname`, web.facts()]);
          await web.upload('%1$s/file', '%1$s/up', { verify: true });
          const here = await web.forward({ to: '%2$s' });
          const there = await web.forwardBack({ to: '%2$s' });
          const answer = await web.run({ shell: 'bash', nothrow: true })`cat </dev/tcp/localhost/${here.port}; cat </dev/tcp/localhost/${there.port}`;
          if (answer.stdout !== 'hellohello') throw new Error(answer.stdout + answer.stderr);
          """
              .formatted(folder, service.address()),
          "ssh:write",
          "read=" + folder,
          "listen=127.0.0.1:0",
          "net=" + service.address());
      var end = seen.end();

      assertThat(end.beside()).isEmpty();
      var audited = user.audited();
      assertThat(end.peers())
          .contains("127.0.0.1:" + sshd.port(), "127.0.0.1:" + gate.port(), service.address());
      assertThat(audited)
          .contains(
              "net=127.0.0.1:" + sshd.port(),
              "net=127.0.0.1:" + gate.port(),
              "net=" + service.address());
    }
  }

  private static void greet(NetStream stream) throws IOException {
    stream.output().write("hello".getBytes(StandardCharsets.UTF_8));
    stream.output().flush();
    stream.closeOutput();
  }
}
