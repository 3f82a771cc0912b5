package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.SeenSockets;
import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.docker.lab.DockerLab;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** That nothing of this binding reaches an engine but through the gate. */
@Isolated
class EngineGateTest {
  @Test
  void every_peer_that_the_jvm_sees_is_on_the_record_of_the_gate(@TempDir Path folder) {
    var engine = DockerLab.engine("26");
    try (var port = engine.tls();
        var seen = new SeenSockets()) {
      var address = "127.0.0.1:" + port.number();
      var user =
          new UserHome(folder, "docker")
              .variable("DOCKER_HOST", "tcp://" + address)
              .variable("DOCKER_TLS_VERIFY", "1")
              .variable("DOCKER_CERT_PATH", engine.certificates().toString());

      user.value(
          """
          const engine = docker();
          const spec = { name: 'gate', image: 'lab/bb:1', command: ['sh', '-c', 'echo out; sleep 60'], init: true };
          await engine.containers.run({ ...spec, network_mode: 'none' });
          const web = engine.container('gate');
          for await (const _ of web.logs({ follow: true })) break;
          await web.exec(['true']);
          await engine.containers.list();
          await web.remove({ force: true });
          """);
      var end = seen.end();

      var audited = user.audited();
      assertThat(end.peers())
          .contains(address)
          .allSatisfy(peer -> assertThat(audited).contains("net=" + peer));
      assertThat(audited).contains("read=" + engine.certificates().resolve("ca.pem"));
    }
  }
}
