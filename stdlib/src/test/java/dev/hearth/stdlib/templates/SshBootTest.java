package dev.hearth.stdlib.templates;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.RunEvent;
import dev.hearth.stdlib.ssh.Sshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Boot tests over SSH. The clone's inside is a real OpenSSH server of this machine, which starts
 * when the clone does and lets in whom the cloud-init of the clone names at that moment.
 */
class SshBootTest {
  private final AtomicReference<@Nullable Sshd> guest = new AtomicReference<>();
  private Path folder;
  private LabProxmox lab;
  private int port;

  @BeforeEach
  void start(@TempDir Path own) throws IOException {
    folder = own;
    lab = LabProxmox.start(folder, world -> world);
    port = Sshd.freePort();
    program("cloud-init", "cat '%s'".formatted(folder.resolve("status")));
    program("sudo", "echo 'the first line'; echo 'the last line'");
    says("{\"status\": \"done\", \"errors\": []}");
    lab.followedBy(this::boot);
  }

  @AfterEach
  void stop() {
    var running = guest.get();
    if (running != null) {
      running.close();
    }
    lab.close();
  }

  private void says(String status) throws IOException {
    Files.writeString(folder.resolve("status"), status);
  }

  private void program(String name, String text) throws IOException {
    var file = Files.createDirectories(folder.resolve("bin")).resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** The clone is VM 101. */
  private void boot(RunEvent event) {
    if (event instanceof RunEvent.StepStarted step && step.step().equals("see whether it boots")) {
      guest.set(sshd());
    }
  }

  private Sshd sshd() {
    try {
      var keys = folder.resolve("keys");
      Files.writeString(
          keys,
          """
          curl -sk -H 'Authorization: PVEAPIToken=%s' '%s/api2/json/nodes/pve/qemu/101/cloudinit/dump?type=user' |
            sed 's/\\\\n/\\n/g' | sed -n 's/^ *- \\(ecdsa-.*\\)$/\\1/p; s/^ *- \\(ssh-.*\\)$/\\1/p'
          """
              .formatted(lab.token(), lab.url()));
      return Sshd.start(
          folder.resolve("sshd"),
          "Port " + port,
          "AuthorizedKeysCommand /bin/sh " + keys,
          "AuthorizedKeysCommandUser " + Sshd.USER,
          "SetEnv SHLVL=1 PATH=%s:/usr/bin:/bin".formatted(folder.resolve("bin")));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String wish(String fields) {
    return """
        const wish = {
          name: 'web', node: 'pve', storage: 'local-lvm', agent: false, users: ['%s'],
          image: { volid: 'local:import/cloud.qcow2', like: 'debian-12' },
          sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPNzMS7nbKjyjIRoEYA+8CnnOTp2k5kSCNq4cZ7sSFGg me@laptop'],
          %s
        };
        """
        .formatted(Sshd.USER, fields);
  }

  private String ensured(String test) {
    return wish("")
        + """
        const { vmid } = await t.ensure(wish, { step, test: %s });
        const { sshkeys, ipconfig0, tags } = await pve.vm(vmid).config();
        return { names: (await pve.vms.list()).map((vm) => vm.name), sshkeys: decodeURIComponent(sshkeys), ipconfig0, tags };
        """
            .formatted(test);
  }

  private String here(String more) {
    return "{ address: '127.0.0.1', port: %d%s }".formatted(port, more);
  }

  private JsonNode left() throws Exception {
    return requireNonNull(lab.run("return (await pve.vms.list()).map((vm) => vm.name);").value());
  }

  @Test
  void a_template_without_an_agent_is_asked_over_ssh_with_a_key_of_its_own() throws Exception {
    var result = lab.run(ensured(here("")));

    assertThat(result.error()).isNull();
    assertThat(requireNonNull(result.value()).at("/names")).hasToString("[\"web\"]");
    assertThat(result.value().at("/tags").asText()).isEqualTo("current;hearth");
    assertThat(lab.steps())
        .containsSubsequence(
            "see that the address for the boot test is free",
            "create the VM",
            "clone it for the boot test",
            "see whether it boots",
            "remove the test clone",
            "publish the template");
    assertThat(requireNonNull(guest.get()).log())
        .anyMatch(line -> line.contains("Accepted publickey") && line.contains("ECDSA"));
    assertThat(result.value().at("/sshkeys").asText())
        .endsWith("me@laptop")
        .doesNotContain("ecdsa");
    assertThat(folder.resolve(".ssh"))
        .as("what the host's key is, is recorded nowhere")
        .doesNotExist();
    assertThat(everythingBelow(folder.resolve("home"))).doesNotContain("PRIVATE KEY");
  }

  private static String everythingBelow(Path folder) throws IOException {
    var all = new StringBuilder();
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }

  @Test
  void the_clone_may_have_an_address_for_the_test_alone() throws Exception {
    var result =
        lab.run(
            wish("")
                + """
                let during;
                const watched = (name, work, options) => step(name, async () => {
                  const done = await work();
                  if (name === 'see whether it boots') during = (await pve.vm(101).config()).ipconfig0;
                  return done;
                }, options);
                const test = { address: '127.0.0.1/8', gateway: '127.0.0.2', port: %d };
                const { vmid } = await t.ensure(wish, { step: watched, test });
                return [during, (await pve.vm(vmid).config()).ipconfig0];
                """
                    .formatted(port));

    assertThat(result.error()).isNull();
    assertThat(result.value()).hasToString("[\"ip=127.0.0.1/8,gw=127.0.0.2\",\"ip=dhcp\"]");
  }

  @Test
  void what_cloud_init_has_to_say_comes_with_its_log_and_nothing_is_left() throws Exception {
    says("{\"status\": \"error\", \"errors\": [\"('scripts_user', RuntimeError('1 failures'))\"]}");

    var error = requireNonNull(lab.run(ensured(here(""))).error());

    assertThat(error.code()).isEqualTo("templates.boot-test");
    assertThat(error.message())
        .isEqualTo("The new `web` does not pass its boot test: cloud-init says error.");
    assertThat(error.details().get("found"))
        .hasToString("[\"('scripts_user', RuntimeError('1 failures'))\"]");
    assertThat(error.details().get("log")).hasToString("[\"the first line\",\"the last line\"]");
    assertThat(left()).isEmpty();
  }

  @Test
  void who_is_not_let_in_says_so_when_the_time_is_over() throws Exception {
    lab.followedBy(
        event -> {
          if (event instanceof RunEvent.StepStarted step
              && step.step().equals("see whether it boots")) {
            guest.set(Sshd.start(folder.resolve("other"), "Port " + port));
          }
        });

    var error = requireNonNull(lab.run(ensured(here(", timeout: '1s'"))).error());

    assertThat(error.message())
        .isEqualTo(
            "The new `web` does not pass its boot test: nobody comes in over SSH as %s@127.0.0.1 (`127.0.0.1:%d` does not let `%1$s` in; it takes keyboard-interactive, password, publickey)."
                .formatted(Sshd.USER, port));
    assertThat(left()).isEmpty();
  }

  @Test
  void an_address_that_somebody_has_is_refused_before_anything_is_made() throws Exception {
    try (var somebody = Sshd.start(folder.resolve("somebody"), "Port " + port)) {
      var error = requireNonNull(lab.run(ensured(here(""))).error());

      assertThat(error.message())
          .isEqualTo(
              "Something answers at 127.0.0.1 already, where the clone for the boot test of `web` is to be.");
      assertThat(lab.steps()).doesNotContain("create the VM");
      assertThat(somebody.logins()).isZero();
    }
  }

  @Test
  void an_address_that_nobody_can_know_is_asked_for() throws Exception {
    var error = requireNonNull(lab.run(ensured("true")).error());

    assertThat(error.code()).isEqualTo("templates.test-needs-address");
    assertThat(error.message())
        .isEqualTo(
            "The boot test of `web` goes over SSH, and nobody can know the address of its clone: it asks for one by DHCP, and has no guest agent to tell it.");
    assertThat(left()).isEmpty();
  }

  @Test
  void a_fixed_address_of_the_wish_is_where_its_clone_is_looked_for() throws Exception {
    var result =
        lab.run(
            wish("networks: [{ ip: '127.0.0.1/8' }],")
                + "return (await t.ensure(wish, { step, test: { port: %d } })).changed;"
                    .formatted(port));

    assertThat(result.error()).isNull();
    assertThat(result.value()).hasToString("true");
  }
}
