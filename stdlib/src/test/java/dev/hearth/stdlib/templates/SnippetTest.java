package dev.hearth.stdlib.templates;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.ErrorReport;
import dev.hearth.stdlib.ssh.Sshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vendor data by SFTP, with a real OpenSSH server on which the folder of the storage is. */
class SnippetTest {
  private static final String WISH =
      """
      const wish = (name) => ({
        name: 'web', node: 'pve', storage: 'local-lvm', agent: false, users: ['ops'], packages: [{ exact: name }],
        image: { volid: 'local:import/cloud.qcow2', like: 'debian-12' },
      });
      const snippets = { storage: 'files', host: 'pve1' };
      """;

  private Path folder;
  private Path snippets;
  private LabProxmox lab;
  private @Nullable Sshd sshd;

  @BeforeEach
  void start(@TempDir Path own) throws IOException {
    folder = own;
    snippets = Files.createDirectories(folder.resolve("storage/snippets"));
    var path = folder.resolve("storage").toString();
    lab = LabProxmox.start(folder, world -> world.folderStorage("files", path, "snippets"));
  }

  @AfterEach
  void stop() {
    if (sshd != null) {
      sshd.close();
    }
    lab.close();
  }

  private Sshd serve(String... lines) throws IOException {
    var server = Sshd.start(folder.resolve("sshd"), lines);
    sshd = server;
    var ssh = Files.createDirectories(folder.resolve(".ssh"));
    Files.writeString(
        ssh.resolve("config"),
        "Host pve1\n HostName 127.0.0.1\n Port %d\n User %s\n IdentityFile %s\n"
            .formatted(server.port(), Sshd.USER, server.key()));
    Files.writeString(ssh.resolve("known_hosts"), server.knownHost());
    return server;
  }

  private String value(String body) throws Exception {
    var result = lab.run(WISH + body);
    assertThat(result.error()).isNull();
    return String.valueOf(result.value());
  }

  /** What building fails with, when it leaves nothing behind. */
  private ErrorReport failure() throws Exception {
    var error =
        requireNonNull(
            lab.run(WISH + "return t.ensure(wish('htop'), { step, snippets });").error());
    assertThat(value("return (await pve.vms.list()).length;")).isEqualTo("0");
    assertThat(files()).isEmpty();
    return error;
  }

  private List<String> files() throws IOException {
    try (var all = Files.list(snippets)) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void each_version_has_its_file_which_goes_with_it() throws Exception {
    serve();
    var first =
        value(
            """
            const { vmid } = await t.ensure(wish('htop'), { step, snippets });
            return (await pve.vm(vmid).config()).cicustom;
            """);
    var file = files().getFirst();
    assertThat(first).isEqualTo("\"vendor=files:snippets/" + file + "\"");
    assertThat(file).matches("hearth-web-[0-9a-f]{8}\\.yaml");
    assertThat(Files.readString(snippets.resolve(file)))
        .startsWith("#cloud-config\n")
        .contains("htop");

    assertThat(value("return (await t.ensure(wish('htop'), { step, snippets })).changed;"))
        .isEqualTo("false");
    assertThat(files()).containsExactly(file);

    value("await t.ensure(wish('mc'), { step, snippets, replace: true });");
    assertThat(files()).hasSize(2).contains(file);

    value("await t.template('web').prune();");
    assertThat(files()).hasSize(1).doesNotContain(file);
    assertThat(Files.readString(snippets.resolve(files().getFirst()))).contains("mc");

    assertThat(value("return t.template('web').remove();")).isEqualTo("true");
    assertThat(files()).isEmpty();
  }

  @Test
  void a_file_that_a_machine_is_set_up_with_outlives_its_template() throws Exception {
    serve();
    value(
        """
        const { vmid } = await t.ensure(wish('htop'), { step, snippets });
        await t.template('web').toVm({ name: 'one' }, { step });
        await t.template('web').remove();
        """);

    assertThat(files()).hasSize(1);
    assertThat(value("return (await pve.vm(101).config()).cicustom;")).contains(files().getFirst());
  }

  @Test
  void notes_that_somebody_changed_lead_to_no_other_file() throws Exception {
    serve();
    var other = Files.writeString(folder.resolve("storage/precious"), "mine");
    value(
        """
        const { vmid } = await t.ensure(wish('htop'), { step, snippets });
        const { description } = await pve.vm(vmid).config();
        const forged = description.replace(/snippets.hearth-web-[0-9a-f]*.yaml/, 'snippets/../precious');
        await pve.vm(vmid).update({ description: forged });
        await t.template('web').remove();
        """);

    assertThat(other).hasContent("mine");
    assertThat(files()).hasSize(1);
  }

  @Test
  void a_build_that_fails_later_takes_its_file_back() throws Exception {
    serve();
    lab.simulator().failNextTask("qmtemplate", "the disk is on fire");

    assertThat(failure().code()).isEqualTo("proxmox.task-failed");
  }

  @Test
  void a_host_whose_key_has_changed_gets_nothing() throws Exception {
    var server = serve();
    Sshd.makeKey(folder.resolve("other"));
    Files.writeString(
        folder.resolve(".ssh/known_hosts"),
        "[127.0.0.1]:%d %s"
            .formatted(server.port(), Files.readString(folder.resolve("other.pub"))));

    assertThat(failure().code()).isEqualTo("ssh.host-key-changed");
    assertThat(server.logins()).isZero();
  }

  @Test
  void a_folder_that_one_may_not_write_into_is_named() throws Exception {
    serve("Subsystem sftp internal-sftp -R"); // which root may not either

    var error = failure();
    assertThat(error.code()).isEqualTo("ssh.file-denied");
    assertThat(error.message()).contains(snippets.toString()).contains("pve1");
  }

  @Test
  void a_disk_without_room_for_all_of_it_is_named() throws Exception {
    var server =
        Files.writeString(
            folder.resolve("full"), "trap '' XFSZ; ulimit -f 0; exec /usr/lib/openssh/sftp-server");
    serve("Subsystem sftp /bin/sh " + server);

    var error = failure();
    assertThat(error.code()).isEqualTo("ssh.file-failed");
    assertThat(error.message()).contains(snippets.toString());
    assertThat(error.hint()).contains("whether there is room on its disk");
  }

  @Test
  void a_version_whose_host_is_gone_is_not_half_removed() throws Exception {
    var server = serve();
    value("await t.ensure(wish('htop'), { step, snippets });");
    server.close();

    var error = requireNonNull(lab.run("return t.template('web').remove();").error());

    assertThat(error.code()).isEqualTo("net.refused");
    assertThat(value("return (await pve.vms.list()).map((vm) => vm.name);")).isEqualTo("[\"web\"]");
    assertThat(files()).hasSize(1);
  }
}
