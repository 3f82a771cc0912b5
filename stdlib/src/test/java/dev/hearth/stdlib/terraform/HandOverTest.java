package dev.hearth.stdlib.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.RunResult;
import dev.hearth.stdlib.DocumentedRecipes;
import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.ssh.Sshd;
import dev.hearth.stdlib.templates.LabProxmox;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe of the page that hands on what Terraform made: to Proxmox, SSH and Ansible. */
class HandOverTest {
  private final Path home;
  private final UserHome user;

  HandOverTest(@TempDir Path home) {
    this.home = home;
    user =
        new UserHome(home, "terraform")
            .imports("import { proxmox } from 'hearth:proxmox';")
            .variable("PATH", System.getenv("PATH") + ":/usr/bin");
  }

  private RunResult run(String code) {
    var result =
        user.runWhole(
            code,
            "terraform:write",
            "proxmox:write",
            "ssh:write",
            "ansible:write",
            "read=" + home,
            "write=" + home);
    assertThat(result.error()).as(code).isNull();
    return result;
  }

  @Test
  void what_terraform_made_is_handed_to_proxmox_ssh_and_ansible() throws Exception {
    try (var proxmox = LabProxmox.start(home, UnaryOperator.identity());
        var sshd = Sshd.start(home.resolve("sshd"))) {
      user.variable("HEARTH_PROXMOX_URL", proxmox.url())
          .variable("HEARTH_PROXMOX_TOKEN", proxmox.token())
          .variable("HEARTH_PROXMOX_FINGERPRINT", proxmox.fingerprint())
          .write(
              ".ssh/config",
              "Host web1\n  HostName 127.0.0.1\n  Port %d\n  User %s\n  IdentityFile %s\n  UserKnownHostsFile %s\n"
                  .formatted(sshd.port(), Sshd.USER, sshd.key(), home.resolve(".ssh/known_hosts")))
          .write(".ssh/known_hosts", sshd.knownHost() + "\n")
          // The real ssh asks who it is run by, not HOME, for its configuration.
          .write(
              "playbooks/ansible.cfg",
              "[ssh_connection]\nssh_args = -F %s\n".formatted(home.resolve(".ssh/config")))
          .write(
              "playbooks/site.yml",
              """
              - hosts: front
                gather_facts: false
                tasks:
                  - ansible.builtin.raw: echo set up > %s
              """
                  .formatted(home.resolve("done")))
          .write(
              "infra/main.tf",
              """
              variable "vmid" { type = number }
              resource "terraform_data" "web" { input = { vmid = var.vmid, host = "web1" } }
              output "machines" {
                value = { web1 = { vmid = terraform_data.web.output.vmid, host = terraform_data.web.output.host, tags = ["front"] } }
              }
              """);
      run(
          """
          import { terraform } from 'hearth:terraform';
          import { proxmox } from 'hearth:proxmox';
          export default async () => {
            await proxmox().vms.create({ node: 'pve', vmid: 207, name: 'web1' });
            const infra = terraform({ dir: '%s' });
            await infra.init();
            await (await infra.plan({ variables: { vmid: 207 } })).apply();
          };
          """
              .formatted(home.resolve("infra")));

      var documented = DocumentedRecipes.with("inventoryFrom", TerraformBinding.class, "README.md");
      var told =
          run(
              documented
                  .replace("'infra'", "'" + home.resolve("infra") + "'")
                  .replace("'playbooks'", "'" + home.resolve("playbooks") + "'"));

      assertThat(String.valueOf(told.value()))
          .contains("\"web1\":{\"ok\":1,\"changed\":1,\"failed\":0");
      assertThat(home.resolve("done")).hasContent("set up");
      assertThat(sshd.logins()).isGreaterThanOrEqualTo(2);
      assertThat(
              user.value(
                  "return (await proxmox().vm(207).snapshots.list()).map(({ name }) => name);",
                  "terraform:read",
                  "proxmox:read"))
          .contains("made");
    }
  }
}
