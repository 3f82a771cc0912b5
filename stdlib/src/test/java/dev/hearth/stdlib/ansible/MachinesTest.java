package dev.hearth.stdlib.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.ssh.Sshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inventories of machines that other modules tell of. */
class MachinesTest {
  private final Path folder;
  private final UserHome user;

  MachinesTest(@TempDir Path folder) {
    this.folder = folder;
    this.user = AnsibleHome.in(folder).imports("import { inventoryFrom } from 'hearth:ansible';");
  }

  private String value(String code) {
    return user.value(AnsibleHome.body(folder, code), AnsibleHome.grants(folder));
  }

  private String failure(String code) {
    return user.failure(AnsibleHome.body(folder, code), AnsibleHome.grants(folder));
  }

  @Test
  void tags_of_vms_are_groups_and_their_addresses_are_used() {
    assertThat(
            value(
                """
                const vms = [
                  { vmid: 100, name: 'web-1', node: 'pve', tags: 'web;k8s-control', addresses: ['fe80::1', '10.0.0.5'] },
                  { vmid: 101, node: 'pve2', tags: '', addresses: ['2001:db8::5'], user: 'root', vars: { x: 1 } },
                ];
                return inventoryFrom(vms, { user: 'debian', group: 'lab', vars: { y: 2 } });
                """))
        .isEqualTo(
            "{\"all\":{\"hosts\":{\"web-1\":{\"ansible_host\":\"10.0.0.5\",\"ansible_user\":\"debian\"},"
                + "\"vm101\":{\"ansible_host\":\"2001:db8::5\",\"ansible_user\":\"root\",\"x\":1}},"
                + "\"vars\":{\"y\":2},\"children\":{\"web\":{\"hosts\":{\"web-1\":null}},"
                + "\"k8s_control\":{\"hosts\":{\"web-1\":null}},\"lab\":{\"hosts\":{\"web-1\":null,\"vm101\":null}}}}}");
    assertThat(
            value(
                "return Object.keys(inventoryFrom([{ name: 'a', node: 'pve-1' }, { name: 'b', node: '2' }], { groupBy: 'node' }).all.children);"))
        .isEqualTo("[\"pve_1\",\"_2\"]");
    assertThat(
            value(
                "return inventoryFrom([{ Names: ['/web'], Labels: { tier: 'front' } }], { groupBy: ({ Labels }) => Labels.tier }).all.children;"))
        .isEqualTo("{\"front\":{\"hosts\":{\"web\":null}}}");
  }

  @Test
  void outputs_and_urls_are_understood_as_ansible_resolves_them() {
    assertThat(
            value(
                """
                const inventory = inventoryFrom({ web1: '10.0.0.5', db1: { host: 'ssh://admin@[2001:db8::6]:2222', tags: ['db'] } }, { port: 22 });
                const { groups, hosts } = await ansible({ dir }).inventory(inventory).list();
                return [groups.db.hosts, hosts.web1, hosts.db1];
                """))
        .isEqualTo(
            "[[\"db1\"],{\"ansible_host\":\"10.0.0.5\",\"ansible_port\":22},"
                + "{\"ansible_host\":\"2001:db8::6\",\"ansible_port\":2222,\"ansible_user\":\"admin\"}]");
  }

  @Test
  void what_is_no_machine_is_refused() {
    for (var wrong :
        new String[] {
          "[{}]",
          "[{ name: 'a' }, { name: 'a' }]",
          "[{ name: 'a', port: 0 }]",
          "[{ name: 'a', host: 'http://x/y' }]",
          "[{ name: 'a', hostKey: 'ssh-ed25519 AAAA; touch /tmp/x' }]",
          "[{ name: 'a', hostKey: \"ssh-ed25519 AA'A\" }]",
          "[{ name: 'a' }], { nosuch: 1 }",
        }) {
      assertThat(failure("inventoryFrom(" + wrong + ");")).as(wrong).startsWith("ansible.option: ");
    }
    assertThat(failure("await ansible({ dir }).inventory(inventoryFrom([{ name: '-x' }])).list();"))
        .startsWith("ansible.option: ");
  }

  @Test
  void a_host_is_accepted_with_its_key_alone() throws IOException {
    user.write(
        "site.yml",
        "- hosts: all\n  gather_facts: false\n  tasks:\n    - ansible.builtin.ping: {}\n");
    user.variable("ANSIBLE_SSH_ARGS", "-o ControlMaster=no"); // else the first one is used again
    try (var server = Sshd.start(Files.createDirectory(folder.resolve("sshd")))) {
      var words = server.knownHost().split(" ", -1);
      var key = words[1] + " " + words[2];
      var machine =
          "[{ name: 'far', host: '%s@127.0.0.1:%d', key: '%s', hostKey: KEY, vars: { ansible_python_interpreter: '/usr/bin/python3', ansible_ssh_common_args: '-o ConnectTimeout=20' } }]"
              .formatted(Sshd.USER, server.port(), server.key());
      var run =
          "return (await book.run({ inventory: inventoryFrom(" + machine + ") })).hosts.far.ok;";
      assertThat(value(run.replace("KEY", "'" + key + " a comment'"))).isEqualTo("1");
      var other =
          "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
      var refused = run.replace("KEY", "'" + other + "'");
      assertThat(failure(refused))
          .startsWith("ansible.unreachable: ")
          .contains("via ssh: WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!");
      assertThat(
              value(
                  "try { %s } catch ({ details }) { return details.message; }".formatted(refused)))
          .containsIgnoringCase("host key verification failed");
    }
  }
}
