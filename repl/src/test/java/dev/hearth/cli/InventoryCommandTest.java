package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code hearth inventory} prints is what Ansible reads. */
class InventoryCommandTest {
  private final TypedCommand hearth = new TypedCommand();
  private final Path home;

  InventoryCommandTest(@TempDir Path home) {
    this.home = home;
    hearth.at(home);
  }

  private String recipe(String code) throws IOException {
    return Files.writeString(home.resolve("hosts.js"), code).toString();
  }

  private String machines(String first) throws IOException {
    return recipe(
        first
            + """
            import { inventoryFrom } from 'hearth:ansible';
            export const recipe = { summary: 'Machines', params: { user: { type: 'string', default: 'debian' } } };
            export default ({ params, log }) => {
              log.info('on its way');
              console.log('a word');
              const local = { vars: { ansible_connection: 'local', ansible_python_interpreter: '/usr/bin/python3' } };
              return inventoryFrom([{ name: 'web1', tags: 'web', address: '10.0.0.5', ...local }, { name: 'db1' }], { user: params.user });
            };
            """);
  }

  @Test
  void all_groups_and_hosts_are_printed_and_nothing_else_is() throws IOException {
    assertThat(hearth.type("inventory", machines(""), "--list")).as(hearth.err()).isZero();
    assertThat(hearth.out())
        .isEqualTo(
            "{\"all\":{\"hosts\":[\"web1\",\"db1\"],\"children\":[\"web\"]},\"web\":{\"hosts\":[\"web1\"],\"children\":[]},"
                + "\"_meta\":{\"hostvars\":{\"web1\":{\"ansible_host\":\"10.0.0.5\",\"ansible_user\":\"debian\",\"ansible_connection\":\"local\",\"ansible_python_interpreter\":\"/usr/bin/python3\"},"
                + "\"db1\":{\"ansible_user\":\"debian\"}}}}\n");
    assertThat(hearth.err()).contains("a word");
  }

  @Test
  void one_host_is_printed_alone_and_parameters_are_flags() throws IOException {
    assertThat(hearth.type("inventory", machines(""), "--host", "db1", "--user", "root")).isZero();
    assertThat(hearth.out()).isEqualTo("{\"ansible_user\":\"root\"}\n");
    assertThat(hearth.type("inventory", machines(""), "--host", "nosuch")).isZero();
    assertThat(hearth.out()).isEqualTo("{}\n");
    assertThat(hearth.type("inventory", machines(""), "--host", "db1", "--list")).isEqualTo(2);
    assertThat(hearth.err()).contains("cli.list-and-host");
  }

  @Test
  void what_is_no_inventory_prints_nothing_but_an_error() throws IOException {
    for (var wrong :
        List.of(
            "() => 1",
            "() => ({ web: 1 })",
            "() => ({ web: { nosuch: 1 } })",
            "() => ({ web: { hosts: 'web1' } })",
            "() => { throw new Error('no'); }")) {
      assertThat(hearth.type("inventory", recipe("export default " + wrong + ";")))
          .as(wrong)
          .isNotZero();
      assertThat(hearth.out()).as(wrong).isEmpty();
      assertThat(hearth.err()).contains("error: ");
    }
  }

  @Test
  void vms_of_proxmox_are_hosts() throws IOException {
    var recipe =
        recipe(
            """
            import { proxmox } from 'hearth:proxmox';
            import { inventoryFrom } from 'hearth:ansible';
            export const recipe = { summary: 'VMs', permissions: { proxmox: 'write' } };
            export default async () => {
              await proxmox().vms.create({ node: 'pve', name: 'web1', memory: 512, tags: 'web;prod' });
              return inventoryFrom(await proxmox().vms.list());
            };
            """);
    assertThat(hearth.type("inventory", recipe, "--simulate")).as(hearth.err()).isZero();
    assertThat(hearth.out())
        .contains("\"web\":{\"hosts\":[\"web1\"]", "\"prod\":{\"hosts\":[\"web1\"]");
  }

  @Test
  void the_users_own_ansible_reads_an_executable_recipe() throws Exception {
    var script = Path.of(machines("#!/usr/bin/env -S hearth inventory --yes\n"));
    executable(script);
    var bin = Files.createDirectory(home.resolve("bin"));
    var line =
        JavaCommand.hearth(List.of(), List.of()).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    executable(Files.writeString(bin.resolve("hearth"), "#!/bin/sh\nexec " + line + " \"$@\"\n"));
    assertThat(said(bin, "ansible-inventory", "-i", script.toString(), "--graph"))
        .contains("@web:", "web1", "db1");
    assertThat(said(bin, "ansible", "-i", script.toString(), "-m", "ansible.builtin.ping", "web"))
        .contains("web1 | SUCCESS");
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String said(Path bin, String... command) throws Exception {
    var builder = new ProcessBuilder(command).redirectErrorStream(true).directory(home.toFile());
    var environment = builder.environment();
    environment.put("PATH", bin + ":/usr/bin:/bin");
    environment.put("HOME", home.toString());
    environment.put("ANSIBLE_NOCOLOR", "1");
    var process = builder.start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
