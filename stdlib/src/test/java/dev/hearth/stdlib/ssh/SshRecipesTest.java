package dev.hearth.stdlib.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes that ship with Hearth, on copies of this machine with its own apt. */
class SshRecipesTest {
  private static final Path RECIPES =
      Path.of(System.getProperty("basedir", "."), "..", "recipes", "ssh").normalize();

  /**
   * What a machine does that is restarted: it has an id that it did not have, and no connections.
   */
  private static final String RESTART =
      """
      #!/bin/sh
      case $* in
        reboot) echo second >/run/boot-id; rm -f /run/reboot-required; kill "$(ps -o ppid= -p "$(ps -o ppid= -p $PPID)")" ;;
        /proc/sys/kernel/random/boot_id) cat_of=/run/boot-id; [ -e $cat_of ] || echo first >$cat_of; exec /bin/cat $cat_of ;;
        *) exec /bin/cat "$@" ;;
      esac
      """;

  private SshHome user;
  private Sshd sshd;
  private Path folder;

  @BeforeEach
  void start(@TempDir Path own) throws Exception {
    assumeTrue(Sshd.canCopyTheMachine(), "a copy of the machine takes root");
    folder = own;
    var programs = Files.createDirectories(own.resolve("programs"));
    for (var name : new String[] {"systemctl", "cat"}) {
      var file = Files.writeString(programs.resolve(name), RESTART);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    sshd =
        Sshd.startInCopy(
            own.resolve("sshd"),
            "SetEnv SHLVL=1 PATH=" + programs + ":/usr/sbin:/usr/bin:/sbin:/bin");
    user = new SshHome(own.resolve("home")).alias("web1", sshd);
  }

  @AfterEach
  void stop() {
    if (sshd != null) {
      sshd.close();
    }
  }

  private RunResult run(String recipe, String... parameters) throws Exception {
    var request = RunRequest.of(RECIPES.resolve(recipe).toAbsolutePath()).allow("ssh:write");
    for (int i = 0; i < parameters.length; i += 2) {
      request =
          request.param(parameters[i], JsonMapper.builder().build().readTree(parameters[i + 1]));
    }
    return Hearth.builder()
        .home(user.path().resolve("hearth"))
        .environment(user::get)
        .build()
        .run(request, event -> {});
  }

  private static String value(RunResult result) {
    assertThat(result.error()).isNull();
    return String.valueOf(result.value());
  }

  @Test
  void facts_are_told_of_those_that_answer() throws Exception {
    assertThat(value(run("facts.js", "hosts", "[\"web1\"]")))
        .contains("\"name\":\"web1\"", "\"packageManager\":\"apt\"", "\"memoryGiB\":");
    var failed = run("facts.js", "hosts", "[\"web1\",\"nobody.invalid\"]");
    assertThat(Objects.requireNonNull(failed.error()).message())
        .contains("1 of 2 hosts", "nobody.invalid");
  }

  private void makeRepository() {
    var script = folder.resolve("repository.sh");
    try {
      Files.writeString(script, AptRepository.SCRIPT + "dpkg -i hearth-probe_1.0.deb >/dev/null\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    user.value("await ssh('web1').run`sh ${'%s'}`;".formatted(script), "ssh:write");
  }

  @Test
  void packages_are_looked_at_updated_and_up_to_date_afterwards() throws Exception {
    makeRepository();
    assertThat(value(run("update-all.js", "hosts", "[\"web1\"]", "preview", "true")))
        .contains("hearth-probe [1.0] (2.0");
    assertThat(value(run("update-all.js", "hosts", "[\"web1\"]")))
        .contains(
            "\"packages\":[{\"name\":\"hearth-probe\",\"from\":\"1.0\",\"to\":\"2.0\"}]",
            "\"needsRestart\":false");
    assertThat(value(run("update-all.js", "hosts", "[\"web1\"]"))).contains("\"packages\":[]");
  }

  @Test
  void a_host_that_needs_it_is_restarted_and_waited_for() throws Exception {
    makeRepository();
    user.value("await ssh('web1').run`touch /run/reboot-required`;", "ssh:write");
    assertThat(value(run("update-all.js", "hosts", "[\"web1\"]")))
        .contains("\"needsRestart\":true", "\"restarted\":false");
    assertThat(value(run("update-all.js", "hosts", "[\"web1\"]", "reboot", "true")))
        .contains("\"restarted\":true", "\"needsRestart\":false");
    assertThat(user.value("return ssh('web1').run`ls /run/boot-id`.text();", "ssh:write"))
        .contains("/run/boot-id");
  }

  @Test
  void behind_a_host_that_fails_none_is_begun() throws Exception {
    makeRepository();
    var failed = run("update-all.js", "hosts", "[\"nobody.invalid\",\"web1\"]", "atOnce", "1");
    assertThat(Objects.requireNonNull(failed.error()).message()).contains("nobody.invalid");
    assertThat(value(run("update-all.js", "hosts", "[\"web1\"]", "preview", "true")))
        .contains("hearth-probe [1.0] (2.0");
  }
}
