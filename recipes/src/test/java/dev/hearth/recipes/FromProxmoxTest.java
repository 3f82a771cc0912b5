package dev.hearth.recipes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.testing.RecipeTester;
import dev.hearth.stdlib.proxmox.ProxmoxBinding;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** recipes/terraform/from-proxmox.js: a module that says what VMs are. */
class FromProxmoxTest {
  private static final Path RECIPE = Path.of("terraform/from-proxmox.js").toAbsolutePath();

  private final Path folder;
  private final Path out;
  private final ProxmoxSimulator simulator =
      new ProxmoxSimulator(WorldBuilder.cluster(Clock.system(), 8, 2).build(), ImageSource.none());
  private final RecipeTester tester;

  FromProxmoxTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("infra");
    var proxmox = new ProxmoxBinding((saved, clock, net) -> simulator);
    this.tester = RecipeTester.with(folder.resolve("home"), SimulatedProxmox.among(proxmox));
  }

  @AfterEach
  void end() {
    simulator.close();
  }

  private void guests(String body) throws Exception {
    var recipe =
        Files.writeString(
            folder.resolve("guests.js"),
            """
            import { proxmox } from 'hearth:proxmox';
            export const recipe = { summary: 'Guests', permissions: { proxmox: 'write' } };
            export default async () => {
              const create = (spec) => proxmox().vms.create({ node: 'pve1', ...spec });
              %s
            };
            """
                .formatted(body));
    assertThat(tester.run(recipe, RunRequest::simulated).error()).isNull();
  }

  private RunResult run() throws InterruptedException {
    return tester.run(
        RECIPE,
        request ->
            request
                .simulated()
                .param("out", out.toString())
                .allow("terraform:write")
                .allow("read=" + out)
                .allow("write=" + out));
  }

  private JsonNode main() throws IOException {
    return JsonMapper.builder().build().readTree(out.resolve("main.tf.json").toFile());
  }

  @Test
  void every_vm_is_a_resource_that_is_imported() throws Exception {
    guests(
        """
        await create({ vmid: 100, name: 'web.lan', cores: 2, sockets: 1, memory: 2048, tags: 'web;prod', agent: '1', onboot: 1,
          scsihw: 'virtio-scsi-single', scsi0: 'local-lvm:20,discard=on,ssd=1', ide2: 'none,media=cdrom',
          net0: 'virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=20,firewall=1', ostype: 'l26', description: '${literally}' });
        await create({ vmid: 101, name: 'db', node: 'pve2', memory: 512 });
        await create({ vmid: 102, name: 'db' });
        """);
    var result = run();
    assertThat(result.error()).isNull();
    assertThat(requireNonNull(result.value()).path("vms").findValuesAsText("address"))
        .containsExactly(
            "proxmox_virtual_environment_vm.web_lan",
            "proxmox_virtual_environment_vm.db_101",
            "proxmox_virtual_environment_vm.db_102");
    var web = main().path("resource").path("proxmox_virtual_environment_vm").path("web_lan");
    assertThat(web.path("disk").toString())
        .isEqualTo(
            "[{\"interface\":\"scsi0\",\"datastore_id\":\"local-lvm\",\"size\":20,\"discard\":\"on\",\"ssd\":true}]");
    assertThat(web.path("network_device").toString())
        .isEqualTo(
            "[{\"model\":\"virtio\",\"mac_address\":\"BC:24:11:00:00:01\",\"bridge\":\"vmbr0\",\"vlan_id\":20,\"firewall\":true}]");
    assertThat(web.path("cpu").path(0).path("cores").asInt()).isEqualTo(2);
    assertThat(web.path("tags").toString()).isEqualTo("[\"prod\",\"web\"]");
    assertThat(web.path("description").asText()).isEqualTo("$${literally}");
    assertThat(main().path("import").findValuesAsText("id"))
        .containsExactly("pve1/100", "pve2/101", "pve1/102");
    assertThat(String.valueOf(run().value())).contains("\"changed\":false");
  }

  /** It asks for no provider: this only reads the module. */
  @Test
  void terraform_reads_the_module() throws Exception {
    guests("await create({ vmid: 100, name: 'web' });");
    assertThat(run().error()).isNull();
    var terraform = new ProcessBuilder("terraform", "providers").directory(out.toFile());
    terraform.redirectErrorStream(true).environment().put("CHECKPOINT_DISABLE", "1");
    var process = terraform.start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("bpg/proxmox");
  }

  @Test
  void where_no_vm_is_meant_nothing_is_written() throws Exception {
    assertThat(requireNonNull(run().error()).message()).contains("No VM is to be taken over");
    assertThat(out).doesNotExist();
    assertThat(List.of(requireNonNull(folder.toFile().list()))).doesNotContain("infra");
  }
}
