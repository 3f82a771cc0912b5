package dev.hearth.stdlib.ansible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.ssh.Sshd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** recipes/ansible/harden.js on a copy of this machine. */
class HardenRecipeTest {
  private static final Path RECIPE =
      Path.of(System.getProperty("basedir", "."), "..", "recipes", "ansible", "harden.js");

  private UserHome user;
  private Sshd sshd;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    assumeTrue(Sshd.canCopyTheMachine(), "a copy of the machine takes root");
    sshd = Sshd.startInCopy(Files.createDirectory(folder.resolve("sshd")));
    user = AnsibleHome.in(folder).variable("HEARTH_ANSIBLE_DIR", folder.toString());
    user.write("known", sshd.knownHost() + "\n");
    user.write(
        "hosts.ini",
        "far ansible_host=127.0.0.1 ansible_port=%d ansible_user=root ansible_ssh_private_key_file=%s ansible_python_interpreter=/usr/bin/python3 ansible_ssh_common_args='-o UserKnownHostsFile=%s -o ControlMaster=no'\n"
            .formatted(sshd.port(), sshd.key(), folder.resolve("known")));
    user.write("ansible.cfg", "[defaults]\ninventory = hosts.ini\n");
  }

  @AfterEach
  void stop() {
    if (sshd != null) {
      sshd.close();
    }
  }

  private RunResult run(String... parameters) throws Exception {
    var recipe = RECIPE.toAbsolutePath().normalize();
    var request =
        RunRequest.of(recipe)
            .allow("ansible:write")
            .allow("read=" + recipe.resolveSibling("harden.yml"));
    for (int i = 0; i < parameters.length; i += 2) {
      request =
          request.param(parameters[i], JsonMapper.builder().build().readTree(parameters[i + 1]));
    }
    var hearth =
        Hearth.builder().home(user.path().resolve("hearth")).environment(user::get).build();
    return hearth.run(request, event -> {});
  }

  private static String value(RunResult result) {
    assertThat(result.error()).isNull();
    return String.valueOf(result.value());
  }

  /** A module on the copy. */
  private String module(String name, String arguments) {
    return user.value(
        "return (await ansible({ dir: '%s' }).module('%s', %s)).results.far.stdout ?? '';"
            .formatted(user.path(), name, arguments),
        AnsibleHome.grants(user.path()));
  }

  @Test
  void who_has_no_key_is_not_locked_out() throws Exception {
    module("file", "{ path: '/root/.ssh/authorized_keys', state: 'absent' }");
    var failed = run("approve", "true", "parts", "[\"ssh\"]");
    assertThat(Objects.requireNonNull(failed.error()).message())
        .contains("Keep who logs in now from being locked out", "Put a key there first");
    assertThat(module("command", "'ls /etc/ssh/sshd_config.d'")).doesNotContain("hearth");
  }

  @Test
  void it_looks_first_then_hardens_and_a_second_time_changes_nothing() throws Exception {
    module("file", "{ path: '/root/.ssh', state: 'directory', mode: '0700' }");
    module("copy", "{ content: 'ssh-ed25519 AAAA', dest: '/root/.ssh/authorized_keys' }");
    assertThat(value(run("preview", "true", "ports", "[443]"))).contains("\"changed\":false");
    assertThat(module("command", "'ls /etc/ssh/sshd_config.d'")).doesNotContain("hearth");
    assertThat(value(run("approve", "true", "parts", "[\"ssh\"]"))).contains("\"changed\":true");
    assertThat(module("command", "'cat /etc/ssh/sshd_config.d/10-hearth.conf'"))
        .contains("PasswordAuthentication no");
    assertThat(value(run("approve", "true", "parts", "[\"ssh\"]"))).contains("\"changed\":false");
  }
}
