package dev.hearth.stdlib.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same work on many hosts. */
class HostsTest {
  private static Sshd sshd;
  private SshHome user;

  @BeforeAll
  static void start(@TempDir Path folder) {
    sshd = Sshd.start(folder.resolve("sshd"));
  }

  @AfterAll
  static void stop() {
    sshd.close();
  }

  @BeforeEach
  void threeHosts(@TempDir Path home) {
    user = new SshHome(home).alias("web1", sshd).alias("web2", sshd).alias("web3", sshd);
  }

  @Test
  void results_stand_by_host_in_the_order_that_was_asked_for_and_failures_among_them() {
    user.config("Host lost\n HostName 127.0.0.1\n Port 1");

    assertThat(
            user.value(
                """
                const { hosts } = await import('hearth:ssh');
                const results = await hosts(['web2', 'lost', 'web1']).run`echo ${'it is on'}`;
                return Object.entries(results).map(([name, { ok, value, error }]) => [name, ok, ok ? String(value) : error.code]);
                """))
        .isEqualTo(
            "[[\"web2\",true,\"it is on\"],[\"lost\",false,\"net.refused\"],[\"web1\",true,\"it is on\"]]");
  }

  @Test
  void no_more_than_the_limit_are_worked_on_at_once() {
    assertThat(
            user.value(
                """
                const { hosts } = await import('hearth:ssh');
                let now = 0, most = 0;
                await hosts(['web1', 'web2', 'web3'], { limit: 2 }).each(async (host) => {
                  most = Math.max(most, ++now);
                  await host.run`true`;
                  now--;
                });
                return most;
                """))
        .isEqualTo("2");
  }

  @Test
  void the_first_failure_ends_the_others_where_that_was_asked_for() {
    assertThat(
            user.failure(
                """
                const { hosts } = await import('hearth:ssh');
                await hosts(['web1', 'web2'], { failFast: true }).each((host, { name, signal }) =>
                  name === 'web1' ? host.run`exit 9` : host.run({ signal })`sleep 60`);
                """))
        .startsWith("ssh.exit-status: `exit 9` ended with exit status 9 on `web1`.");
  }

  @Test
  void options_that_are_not_there_are_refused_by_name() {
    assertThat(
            user.failure(
                "const { hosts } = await import('hearth:ssh'); hosts(['web1'], { fastFail: true });"))
        .isEqualTo("ssh.option: `hosts` has no option `fastFail`.\nIt has `limit` and `failFast`.");
  }
}
