package dev.hearth.stdlib.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import dev.hearth.stdlib.proxmox.sim.task.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty at once on one slow storage: nobody sees a lock. */
class ManyAtOnceTest {
  private static final String BEFORE =
      """
      const many = (count, make) => Promise.all(Array.from({ length: count }, (_, i) => make(i)));
      const ids = (guests) => [guests.length, new Set(guests.map(({ vmid }) => vmid)).size];
      """;

  private final BriskClock clock = new BriskClock(50);
  private final ProxmoxSimulator simulator =
      new ProxmoxSimulator(
          WorldBuilder.standard(clock)
              .folderStorage("slow", "/mnt/slow", "images")
              .slow("slow", Duration.ofSeconds(4))
              .build(),
          ImageSource.none());
  private final RecipeBody recipe;

  ManyAtOnceTest(@TempDir Path folder) {
    this.recipe = new RecipeBody(folder, simulator, clock, BEFORE);
  }

  private List<Task> tasks(String type) {
    var world = simulator.world();
    return world.lock().holding(() -> world.tasks().all()).stream()
        .filter(task -> task.upid().type().equals(type))
        .toList();
  }

  private Stream<Task> lost(List<Task> tasks) {
    return tasks.stream().filter(task -> String.valueOf(task.exitStatus()).contains("got timeout"));
  }

  @Test
  void fifty_vms_are_made_at_once_each_under_an_id_of_its_own() throws Exception {
    assertThat(
            recipe.data(
                """
                return ids(await many(50, (i) => pve.vms.create({ node: 'pve', name: `vm${i}`, scsi0: 'slow:1' })));
                """))
        .hasToString("[50,50]");
    var made = tasks("qmcreate");
    assertThat(made).filteredOn(task -> "OK".equals(task.exitStatus())).hasSize(50);
    assertThat(lost(made).count()).as("locks that were lost").isLessThan(8);
    assertThat(made.stream().flatMap(task -> task.log().stream()))
        .contains("trying to acquire lock...", " OK");
  }

  @Test
  void fifty_clones_are_made_at_once_though_none_says_which_storage_it_needs() throws Exception {
    assertThat(
            recipe.data(
                """
                const golden = await pve.vms.create({ node: 'pve', name: 'golden', scsi0: 'slow:1' });
                const clones = await many(50, (i) => golden.clone({ name: `web${i}` }));
                return [...ids(clones), (await pve.vms.list()).length];
                """))
        .hasToString("[50,50,51]");
    assertThat(tasks("qmclone")).filteredOn(task -> "OK".equals(task.exitStatus())).hasSize(50);
  }

  @Test
  void what_changes_one_vm_takes_its_turn_and_power_does_not() throws Exception {
    assertThat(
            recipe.data(
                """
                const vm = await pve.vms.create({ node: 'pve', name: 'one', scsi0: 'local-lvm:1' });
                await many(10, (i) => vm.snapshot(`s${i}`).create());
                await many(10, () => vm.resize('scsi0', '+1GiB'));
                await many(10, (i) => vm.update({ description: `${i}` }));
                const { scsi0 } = await vm.config();
                return [(await vm.snapshots.list()).length, scsi0];
                """))
        .hasToString("[11,\"local-lvm:vm-100-disk-0,size=11G\"]");
    assertThat(tasks("qmsnapshot"))
        .allSatisfy(task -> assertThat(task.exitStatus()).isEqualTo("OK"));
  }
}
