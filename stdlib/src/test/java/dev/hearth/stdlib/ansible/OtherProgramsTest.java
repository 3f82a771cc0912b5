package dev.hearth.stdlib.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.ssh.Sshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inventories, vaults, single modules and hosts behind SSH, with the real programs. */
class OtherProgramsTest {
  private final Path folder;
  private final UserHome user;

  OtherProgramsTest(@TempDir Path folder) {
    this.folder = folder;
    this.user = AnsibleHome.in(folder);
  }

  private String value(String code) {
    return user.value(AnsibleHome.body(folder, code), AnsibleHome.grants(folder));
  }

  private String failure(String code) {
    return user.failure(AnsibleHome.body(folder, code), AnsibleHome.grants(folder));
  }

  @Test
  void an_inventory_that_is_spelled_out_is_listed_as_ansible_resolves_it() {
    assertThat(
            value(
                """
                const source = { web: { hosts: { h1: { port: 1 } }, vars: { tier: 'front', port: 2 } }, site: { children: ['web'], hosts: ['h2'] } };
                const { groups, hosts } = await ansible({ dir }).inventory(source).list();
                return [groups.web, groups.site, hosts.h1, hosts.h2];
                """))
        .isEqualTo(
            "[{\"hosts\":[\"h1\"],\"children\":[]},{\"hosts\":[\"h2\"],\"children\":[\"web\"]},"
                + "{\"port\":1,\"tier\":\"front\"},{}]");
  }

  @Test
  void inventories_of_files_are_listed_together() {
    user.write("a.ini", "[web]\nh1\n").write("b.ini", "[db]\nh2 port=5\n");
    assertThat(
            value(
                "const all = await ansible({ dir }).inventory(['a.ini', 'b.ini']).list(); return [Object.keys(all.hosts), all.hosts.h2];"))
        .isEqualTo("[[\"h1\",\"h2\"],{\"port\":5}]");
    assertThat(failure("await ansible({ dir }).inventory('no.ini').list();"))
        .startsWith("ansible.no-file: ");
  }

  @Test
  void a_vault_is_closed_opened_and_given_another_password() throws IOException {
    user.imports("import { fs } from 'hearth:fs';");
    assertThat(
            value(
                """
                const { vault } = ansible({ dir });
                const closed = await vault.encrypt('user: root\\n', 'first');
                const opened = await vault.decrypt(closed, 'first');
                await fs.write(dir + '/v.yml', closed, { mode: '0640' });
                await vault.rekey('v.yml', { from: 'first', to: 'second' });
                const again = await vault.decrypt(await fs.read(dir + '/v.yml'), 'second');
                return [closed.startsWith('$ANSIBLE_VAULT;1.1;AES256'), String(opened), again.reveal() === 'user: root\\n', (await fs.stat(dir + '/v.yml')).mode];
                """))
        .isEqualTo("[true,\"***\",true,\"0640\"]");
    assertThat(Files.readString(folder.resolve("v.yml"))).startsWith("$ANSIBLE_VAULT;1.1;AES256");
    assertThat(failure("await ansible({ dir }).vault.rekey('v.yml', { from: 'wrong', to: 'x' });"))
        .startsWith("ansible.vault: ");
    assertThat(failure("await ansible({ dir }).vault.decrypt('no vault', 'x');"))
        .startsWith("ansible.vault: ");
    assertThat(failure("await ansible({ dir }).vault.encrypt('x', '');"))
        .startsWith("ansible.option: ");
  }

  @Test
  void a_vault_that_gets_another_password_keeps_its_id() throws Exception {
    user.imports("import { fs } from 'hearth:fs';");
    user.write("pass", "first\n").write("v.yml", "word: seen\n");
    var closing =
        new ProcessBuilder(
                "/usr/bin/ansible-vault",
                "encrypt",
                "--vault-id=prod@pass",
                "--encrypt-vault-id=prod",
                "v.yml")
            .directory(folder.toFile())
            .start();
    assertThat(closing.waitFor()).isZero();
    assertThat(
            value(
                """
                const { vault } = ansible({ dir });
                await vault.rekey('v.yml', { from: 'first', to: 'second' });
                return (await vault.decrypt(await fs.read(dir + '/v.yml'), 'second')).reveal() === 'word: seen\\n';
                """))
        .isEqualTo("true");
    assertThat(Files.readString(folder.resolve("v.yml")))
        .startsWith("$ANSIBLE_VAULT;1.2;AES256;prod\n");
  }

  @Test
  void a_playbook_opens_its_vaults_by_id() {
    user.imports("import { fs } from 'hearth:fs';");
    user.write(
        "site.yml",
        "- hosts: all\n  gather_facts: false\n  vars_files: [v.yml]\n  tasks:\n    - ansible.builtin.debug: { msg: \"{{ word }}\" }\n");
    user.write("pass", "opens\n");
    assertThat(
            value(
                """
                await fs.write(dir + '/v.yml', await ansible({ dir }).vault.encrypt('word: seen', 'opens'));
                const seen = [];
                for (const vault of ['opens', { id: 'prod', file: 'pass' }, [{ id: 'dev', password: 'other' }, { id: 'prod', password: 'opens' }]]) {
                  for await (const { kind, message } of book.run({ inventory: here, vault })) if (kind === 'ok') seen.push(message);
                }
                return seen;
                """))
        .isEqualTo("[\"seen\",\"seen\",\"seen\"]");
    assertThat(failure("await book.run({ inventory: here, vault: 'other' });"))
        .startsWith("ansible.");
  }

  @Test
  void a_module_is_run_alone_and_gives_what_it_returns() {
    assertThat(
            value(
                """
                const { changed, results } = await ansible({ dir }).module('copy', { content: '-x\\n{ a: b }', dest: dir + '/out' }, { inventory: here });
                return [changed, results.here.size];
                """))
        .isEqualTo("[true,11]");
    assertThat(folder.resolve("out")).hasContent("-x\n{ a: b }");
    assertThat(
            value(
                "return (await ansible({ dir }).module('command', 'echo \"a b\"', { inventory: here, hosts: 'here' })).results.here.stdout;"))
        .isEqualTo("\"a b\"");
    assertThat(
            failure("await ansible({ dir }).module('command', '/bin/false', { inventory: here });"))
        .startsWith("ansible.task-failed: ");
    assertThat(failure("await ansible({ dir }).module('a b', {}, { inventory: here });"))
        .startsWith("ansible.option: ");
  }

  @Test
  void hosts_are_reached_by_ssh() throws IOException {
    user.write(
        "site.yml",
        "- hosts: all\n  gather_facts: false\n  tasks:\n    - ansible.builtin.ping: {}\n");
    try (var server = Sshd.start(Files.createDirectory(folder.resolve("sshd")))) {
      user.write("known", server.knownHost() + "\n");
      var vars =
          "{ ansible_host: '127.0.0.1', ansible_port: %d, ansible_user: '%s', ansible_ssh_private_key_file: '%s', ansible_python_interpreter: '/usr/bin/python3', ansible_ssh_common_args: '-o UserKnownHostsFile=%s -o ControlMaster=no' }"
              .formatted(server.port(), Sshd.USER, server.key(), folder.resolve("known"));
      assertThat(
              value(
                  "return (await book.run({ inventory: { hosts: { far: "
                      + vars
                      + ", gone: { ansible_host: '127.0.0.1', ansible_port: 1 } } }, limit: 'far' })).hosts;"))
          .isEqualTo(
              "{\"far\":{\"ok\":1,\"changed\":0,\"failed\":0,\"skipped\":0,\"unreachable\":0,\"rescued\":0,\"ignored\":0}}");
      assertThat(server.logins()).isPositive();
    }
  }
}
