package dev.hearth.stdlib.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import dev.hearth.stdlib.proxmox.sim.storage.StorageConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ensure} of guests that are on another node or storage than wanted, in a cluster. */
class EnsurePlaceTest {
  private static final String BEFORE =
      """
      const web = { name: 'web', node: 'pve1', memory: 512, scsi0: 'local-lvm:1', scsi1: 'local-lvm:2' };
      const whole = async (vm) => {
        const { node } = await pve.vms.find({ name: 'web' });
        const { scsi0, scsi1, unused0, memory } = await pve.vm(vm.vmid).config();
        return [node, scsi0.split(':')[0], scsi1.split(':')[0], unused0 ?? 'nothing unused', memory].join(' ');
      };
      """;

  private final ProxmoxSimulator simulator =
      new ProxmoxSimulator(
          WorldBuilder.cluster(Clock.system(), 8, 3)
              .storage(only("left", "pve1"), 100L << 30)
              .storage(only("right", "pve2"), 100L << 30)
              .file("shared:vztmpl/alpine.tar.zst", 1_078_455, 2_017_280)
              .build(),
          ImageSource.none());
  private final RecipeBody recipe;

  EnsurePlaceTest(@TempDir Path folder) {
    this.recipe = new RecipeBody(folder, simulator, Clock.system(), BEFORE);
  }

  private static StorageConfig only(String storage, String node) {
    return new StorageConfig(
        storage,
        "lvmthin",
        Map.of("vgname", storage, "thinpool", "data", "nodes", node, "content", "images,rootdir"));
  }

  private static void assertUnchanged(JsonNode again) {
    assertThat(again.path("changed").asBoolean()).isFalse();
    assertThat(again.path("differences")).isEmpty();
  }

  @Test
  void where_a_guest_is_and_where_it_is_wanted_is_planned_and_not_done_by_itself()
      throws Exception {
    var told =
        recipe.data(
            """
            const vm = await pve.vms.ensure(web);
            const wanted = { ...web, node: 'pve2', scsi0: 'shared:1', memory: 1024 };
            const plan = await pve.vms.plan(wanted);
            const refused = await caught(() => pve.vms.ensure(wanted));
            return { plan, refused, whole: await whole(vm) };
            """);
    assertThat(told.at("/plan/differences"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "node pve1 -> pve2", "memory 512 -> 1024", "scsi0 storage local-lvm -> shared");
    assertThat(told.at("/plan/actions").toString()).isEqualTo("[\"move\",\"migrate\",\"change\"]");
    assertThat(told.at("/plan/before/node").asText()).isEqualTo("pve1");
    assertThat(told.at("/plan/after").toString())
        .isEqualTo("{\"vmid\":100,\"node\":\"pve2\",\"memory\":\"1024\",\"scsi0\":\"shared:1\"}");
    assertThat(told.at("/refused/code").asText()).isEqualTo("proxmox.guest-elsewhere");
    assertThat(told.at("/refused/message").asText())
        .isEqualTo(
            "VM 100 is not where it is wanted: node pve1 -> pve2; scsi0 storage local-lvm -> shared.");
    assertThat(told.at("/refused/hint").asText())
        .isEqualTo(
            "Pass `{ move: true }` to move it there, or `{ move: false }` to leave it where it is;"
                + " nothing was changed.");
    assertThat(told.path("whole").asText())
        .isEqualTo("pve1 local-lvm local-lvm nothing unused 512");
  }

  @Test
  void it_is_moved_on_demand_with_its_disks_and_changed_there() throws Exception {
    var told =
        recipe.data(
            """
            const vm = await pve.vms.ensure(web);
            const wanted = { ...web, node: 'pve2', scsi0: 'shared:3', memory: 1024 };
            const moved = await pve.vms.ensure(wanted, { move: true });
            return { moved, again: await pve.vms.ensure(wanted, { move: true }), plain: await pve.vms.ensure(wanted), whole: await whole(vm) };
            """);
    assertThat(told.at("/moved/actions").toString())
        .isEqualTo("[\"move\",\"migrate\",\"change\",\"resize\"]");
    assertThat(told.at("/moved/node").asText()).isEqualTo("pve2");
    assertThat(told.at("/moved/after/scsi0").asText()).startsWith("shared:").contains("size=3G");
    assertThat(told.path("whole").asText()).isEqualTo("pve2 shared local-lvm nothing unused 1024");
    assertUnchanged(told.path("again"));
    assertUnchanged(told.path("plain"));
  }

  @Test
  void a_vm_that_runs_goes_on_running() throws Exception {
    var told =
        recipe.data(
            """
            const vm = await pve.vms.ensure(web);
            await pve.vm(vm.vmid).start();
            const moved = await pve.vms.ensure({ ...web, node: 'pve3', scsi1: 'shared:2' }, { move: true });
            return [moved.actions.join(' '), (await pve.vm(vm.vmid).status()).status, await whole(vm)];
            """);
    assertThat(told)
        .extracting(JsonNode::asText)
        .containsExactly("move migrate", "running", "pve3 local-lvm shared nothing unused 512");
  }

  @Test
  void it_is_left_where_it_is_on_demand_and_changed_there() throws Exception {
    var told =
        recipe.data(
            """
            const vm = await pve.vms.ensure(web);
            const wanted = { ...web, node: 'pve2', scsi0: 'shared:1', memory: 1024 };
            const left = await pve.vms.ensure(wanted, { move: false });
            return { left, again: await pve.vms.plan(wanted, { move: false }), whole: await whole(vm) };
            """);
    assertThat(told.at("/left/differences").toString()).isEqualTo("[\"memory 512 -> 1024\"]");
    assertThat(told.path("whole").asText())
        .isEqualTo("pve1 local-lvm local-lvm nothing unused 1024");
    assertUnchanged(told.path("again"));
  }

  @Test
  void a_storage_that_the_other_node_has_not_is_exchanged_on_the_way() throws Exception {
    var told =
        recipe.data(
            """
            const vm = await pve.vms.ensure({ ...web, scsi0: 'left:1' });
            const moved = await pve.vms.ensure({ ...web, node: 'pve2', scsi0: 'right:1' }, { move: true });
            return [moved.actions.join(' '), await whole(vm)];
            """);
    assertThat(told)
        .extracting(JsonNode::asText)
        .containsExactly("migrate", "pve2 right local-lvm nothing unused 512");
  }

  @Test
  void a_container_that_runs_is_stopped_for_its_volumes_only_by_who_says_so() throws Exception {
    var told =
        recipe.data(
            """
            const dns = {
              hostname: 'dns', node: 'pve1', ostemplate: 'shared:vztmpl/alpine.tar.zst', unprivileged: true,
              rootfs: 'local-lvm:1', mp0: 'local-lvm:1,mp=/srv',
            };
            const { vmid } = await pve.cts.ensure(dns);
            await pve.ct(vmid).start();
            const wanted = { ...dns, node: 'pve2', mp0: 'shared:1,mp=/srv' };
            const plan = await pve.cts.plan(wanted);
            const refused = await caught(() => pve.cts.ensure(wanted, { move: true }));
            const there = (await pve.cts.find({ name: 'dns' })).node;
            const moved = await pve.cts.ensure(wanted, { move: true, reboot: true });
            const ct = pve.ct(vmid);
            const { mp0 } = await ct.config();
            return {
              needs: plan.needs, pending: plan.pending, refused: refused.message, there, actions: moved.actions,
              mp0: mp0.split(':')[0], status: (await ct.status()).status, node: (await pve.cts.find({ name: 'dns' })).node,
              again: await pve.cts.ensure(wanted),
            };
            """);
    assertThat(told.path("needs").asText()).isEqualTo("reboot");
    assertThat(told.path("pending").toString()).isEqualTo("[\"mp0\"]");
    assertThat(told.path("refused").asText())
        .isEqualTo("Container 100 runs, and `mp0` can only be moved while it is off.");
    assertThat(told.path("there").asText()).isEqualTo("pve1");
    assertThat(told.path("actions").toString()).isEqualTo("[\"move\",\"migrate\",\"reboot\"]");
    assertThat(told.path("mp0").asText()).isEqualTo("shared");
    assertThat(told.path("status").asText()).isEqualTo("running");
    assertThat(told.path("node").asText()).isEqualTo("pve2");
    assertUnchanged(told.path("again"));
  }

  @Test
  void a_container_whose_volume_cannot_be_moved_runs_again() throws Exception {
    simulator.failNextTask("move_volume", "the disk is broken");
    var told =
        recipe.data(
            """
            const dns = { hostname: 'dns', node: 'pve1', ostemplate: 'shared:vztmpl/alpine.tar.zst', rootfs: 'local-lvm:1' };
            const { vmid } = await pve.cts.ensure(dns);
            await pve.ct(vmid).start();
            const failed = await caught(() => pve.cts.ensure({ ...dns, rootfs: 'shared:1' }, { move: true, reboot: true }));
            return [failed.code, (await pve.ct(vmid).status()).status];
            """);
    assertThat(told).extracting(JsonNode::asText).containsExactly("proxmox.task-failed", "running");
  }

  @Test
  void a_move_that_fails_half_way_tells_what_was_moved() throws Exception {
    simulator.failNextTask("qmigrate", "no way to pve2");
    var told =
        recipe.data(
            """
            const vm = await pve.vms.ensure(web);
            const failed = await caught(() => pve.vms.ensure({ ...web, node: 'pve2', scsi0: 'shared:1' }, { move: true }));
            const done = await pve.vms.ensure({ ...web, node: 'pve2', scsi0: 'shared:1' }, { move: true });
            return { failed, done: done.actions.join(' '), whole: await whole(vm) };
            """);
    assertThat(told.at("/failed/code").asText()).isEqualTo("proxmox.task-failed");
    assertThat(told.at("/failed/details/changed").toString()).isEqualTo("[\"scsi0\"]");
    assertThat(told.at("/failed/hint").asText())
        .startsWith("Mind that this did change all the same: `scsi0`.");
    assertThat(told.path("done").asText()).isEqualTo("migrate");
    assertThat(told.path("whole").asText()).isEqualTo("pve2 shared local-lvm nothing unused 512");
  }
}
