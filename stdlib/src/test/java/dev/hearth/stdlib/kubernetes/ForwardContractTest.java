package dev.hearth.stdlib.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.ClosedPort;
import dev.hearth.stdlib.WaitsFor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports of this machine that lead into real pods. */
@WaitsFor("kubernetes")
class ForwardContractTest {
  private static PodLab lab;
  private static int port;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort(); // grants name ports
    }
    lab =
        new PodLab(folder)
            .pod(
                "web",
                """
                { name: 'main', image, command: ['sh', '-c', 'mkdir /www; echo hello >/www/index.html; seq 1 300000 >/www/big; exec httpd -f -p 8080 -h /www'],
                  readinessProbe: { periodSeconds: 1, tcpSocket: { port: 8080 } } }
                """);
  }

  private static String[] grants() {
    return new String[] {"kubernetes:write", "listen=127.0.0.1:" + port, "net=127.0.0.1:" + port};
  }

  private static String value(String body) {
    return lab.value("const port = " + port + ";\n" + body, grants());
  }

  @AfterAll
  static void stop() {
    lab.remove();
  }

  @Test
  void a_port_here_leads_into_the_pod_for_any_number_of_connections() {
    assertThat(
            value(
                """
                const tunnel = await pod('web').forward({ to: 8080, port });
                const read = async (path) => (await fetch(`http://127.0.0.1:${tunnel.port}/${path}`)).text();
                const some = await Promise.all(['', 'big', '', 'big'].map(read));
                await tunnel.close();
                return [tunnel.host, some.map((text) => text.length), some[0]];
                """))
        .isEqualTo("[\"127.0.0.1\",[6,1988895,6,1988895],\"hello\\n\"]");
  }

  @Test
  void it_is_closed_with_the_run_at_the_latest() throws IOException {
    assertThat(value("return (await pod('web').forward({ to: 8080, port })).port;"))
        .isEqualTo(String.valueOf(port));

    assertThat(ClosedPort.refuses(port)).isTrue();
  }

  @Test
  void a_port_where_nobody_listens_ends_the_stream_and_is_told() {
    assertThat(
            value(
                """
                const tunnel = await pod('web').forward({ to: 9, port });
                try {
                  await fetch(`http://127.0.0.1:${tunnel.port}/`);
                  return 'answered';
                } catch (error) {
                  return error.code;
                }
                """))
        .startsWith("\"http.");
    assertThat(lab.home().told()).contains("a stream to port 9 of Pod `web`");
  }

  @Test
  void a_pod_that_goes_is_told_to_who_connects_and_closing_ends_what_is_open() {
    lab.pod(
        "short",
        """
        { name: 'main', image, command: ['sh', '-c', 'mkdir /www; mkfifo /www/slow; exec httpd -f -p 8080 -h /www'],
          readinessProbe: { periodSeconds: 1, tcpSocket: { port: 8080 } } }
        """);
    assertThat(
            value(
                """
                const tunnel = await pod('short').forward({ to: 8080, port });
                const at = `http://127.0.0.1:${tunnel.port}/`;
                const code = (promise) => promise.then(() => 'answered', (error) => error.code);
                const open = code(fetch(at + 'slow').then((answer) => answer.text()));
                const missing = (await fetch(at + 'none')).status;
                await tunnel.close();
                const cut = await open;
                const second = await pod('short').forward({ to: 8080, port });
                await pod('short').delete();
                const gone = await code(fetch(at + 'none'));
                await second.close();
                return [missing, cut.split('.')[0], gone.split('.')[0]];
                """))
        .isEqualTo("[404,\"http\",\"http\"]");
    assertThat(lab.home().told()).contains("a stream to port 8080 of Pod `short`");
  }

  @Test
  void what_cannot_be_forwarded_is_said_at_once() {
    assertThat(lab.failure("await pod('gone').forward({ to: 80 });", grants()))
        .startsWith("kubernetes.not-found: ");
    assertThat(lab.failure("await pod('web').forward({ to: 0 });", grants()))
        .startsWith("kubernetes.port-wrong: `to` cannot be the port 0.");
    assertThat(lab.failure("await pod('web').forward({ to: 8080 });", "kubernetes:write"))
        .startsWith("permission.denied: ")
        .contains("listen=127.0.0.1:0");
  }
}
