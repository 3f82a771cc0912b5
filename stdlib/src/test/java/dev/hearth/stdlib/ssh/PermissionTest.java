package dev.hearth.stdlib.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.RunEvent;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a grant of a host opens, and what it does not. */
class PermissionTest {
  private Sshd sshd;
  private SshHome user;

  @BeforeEach
  void start(@TempDir Path folder) {
    sshd = Sshd.start(folder.resolve("sshd"));
    user = new SshHome(folder.resolve("home")).alias("web1", sshd);
  }

  @AfterEach
  void stop() {
    sshd.close();
  }

  @Test
  void without_a_grant_nothing_is_contacted() {
    assertThat(user.failure("await ssh('web1').run`id`;", "ssh:read")).startsWith("permission.");
    assertThat(sshd.logins()).isZero();
  }

  @Test
  void a_grant_for_one_host_is_none_for_another() {
    user.alias("web2", sshd);

    var failure =
        user.failure("await ssh('web1').run`true`; await ssh('web2').run`id`;", "ssh=web1:write");

    assertThat(failure).startsWith("permission.").contains("web2");
  }

  @Test
  void a_host_that_the_configuration_does_not_name_needs_its_address_too() {
    assertThat(user.failure("await ssh('127.0.0.1').run`id`;", "ssh:write"))
        .startsWith("permission.")
        .contains("net=127.0.0.1:22");
    assertThat(
            user.failure(
                "await ssh({ host: '127.0.0.1', port: %d }).run`id`;".formatted(sshd.port()),
                "ssh:write"))
        .startsWith("permission.")
        .contains("net=127.0.0.1:" + sshd.port());
  }

  @Test
  void a_key_that_a_recipe_names_has_to_be_granted_as_a_file() {
    var recipe = "await ssh({ host: 'web1', key: '%s' }).run`id`;".formatted(sshd.key());

    assertThat(user.failure(recipe, "ssh:write", "net=127.0.0.1:" + sshd.port()))
        .contains(sshd.key().toString());
    assertThat(
            user.run(recipe, "ssh:write", "net=127.0.0.1:" + sshd.port(), "read=" + sshd.folder())
                .error())
        .isNull();
  }

  @Test
  void what_the_grant_opened_is_on_the_record() {
    user.value("return (await ssh('web1').run`echo in`).text();");

    assertThat(user.events())
        .filteredOn(RunEvent.Audited.class::isInstance)
        .extracting(event -> ((RunEvent.Audited) event).permission())
        .contains(
            "ssh=web1:write",
            "net=127.0.0.1:" + sshd.port(),
            "read=" + sshd.key(),
            "read=" + user.ssh("config"),
            "read=" + user.ssh("known_hosts"));
  }
}
