package dev.hearth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's client of Proxmox, from npm, at the simulator that is served over HTTPS. */
class OtherClientTest {
  private static final String CLIENTS = "HEARTH_TEST_NPM_CLIENTS";

  @Test
  @EnabledIfEnvironmentVariable(named = CLIENTS, matches = ".+")
  void proxmox_api_of_npm_makes_clones_runs_and_removes_machines(@TempDir Path folder)
      throws Exception {
    var modules = Path.of(requireNonNull(System.getenv(CLIENTS)), "node_modules");
    Files.createSymbolicLink(folder.resolve("node_modules"), modules);
    var script =
        Files.writeString(
            folder.resolve("client.mjs"),
            """
            import proxmoxApi from 'proxmox-api';

            const [port, token] = process.argv.slice(2);
            const [tokenID, tokenSecret] = token.split('=');
            const pve = proxmoxApi({ host: '127.0.0.1', port: Number(port), tokenID, tokenSecret });
            const node = pve.nodes.$('pve');
            const task = async (upid) => {
              for (;;) {
                const { status, exitstatus } = await node.tasks.$(upid).status.$get();
                if (status === 'stopped') return exitstatus;
                await new Promise((resolve) => setTimeout(resolve, 20));
              }
            };

            console.log((await pve.nodes.$get()).map((each) => each.node).join());
            const vmid = Number(await pve.cluster.nextid.$get());
            const vm = node.qemu.$(vmid);
            const disk = { scsi0: 'local-lvm:4', net0: 'virtio,bridge=vmbr0' };
            console.log(await task(await node.qemu.$post({ vmid, name: 'web', memory: 512, ...disk })));
            console.log(await task(await vm.config.$post({ cores: 2, description: 'a b&c=d' })));
            const { name, cores, description, scsi0 } = await vm.config.$get();
            console.log(name, cores, description, scsi0);
            console.log(await task(await vm.snapshot.$post({ snapname: 'before' })));
            console.log(await task(await vm.clone.$post({ newid: vmid + 1, name: 'copy', full: true })));
            console.log(await task(await vm.status.start.$post()));
            console.log((await vm.status.current.$get()).status);
            await vm.$delete().catch((e) => console.log(e.message.trim()));
            console.log(await task(await vm.status.stop.$post()));
            console.log(await task(await vm.$delete()));
            console.log((await node.qemu.$get()).map((each) => each.name).join());
            await vm.config.$get().catch((e) => console.log(e.message.trim()));
            """);
    var hearth = new TypedCommand();
    var sim = hearth.start("sim", "proxmox", "--port", "0", "--json");
    var told = JsonMapper.builder().build().readTree(sim.line());
    var address = told.path("address").asText();
    var client =
        new ProcessBuilder(
                "node",
                script.toString(),
                address.substring(address.indexOf(':') + 1),
                told.path("connection").path("token").asText())
            .directory(folder.toFile())
            .redirectErrorStream(true);
    client.environment().put("NODE_TLS_REJECT_UNAUTHORIZED", "0"); // this client cannot pin
    client.environment().put("NODE_NO_WARNINGS", "1");
    var process = client.start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(sim.stop()).isZero();
    assertThat(output.replace(address, "ADDRESS"))
        .isEqualTo(
            """
            pve
            OK
            OK
            web 2 a b&c=d local-lvm:vm-100-disk-0,size=4G
            OK
            OK
            OK
            running
            DELETE https://ADDRESS/api2/json/nodes/pve/qemu/100 return Error 500 VM 100 is running - destroy failed: {"data":null,"message":"VM 100 is running - destroy failed\\n"}
            OK
            OK
            copy
            GET https://ADDRESS/api2/json/nodes/pve/qemu/100/config return Error 500 Configuration file 'nodes/pve/qemu-server/100.conf' does not exist: {"data":null,"message":"Configuration file 'nodes/pve/qemu-server/100.conf' does not exist\\n"}
            """);
  }
}
