package dev.hearth.recipes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.testing.RecipeTester;
import dev.hearth.stdlib.proxmox.ProxmoxBinding;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import dev.hearth.stdlib.proxmox.sim.api.CallFault.Outcome;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import dev.hearth.stdlib.proxmox.sim.task.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** recipes/proxmox/backup-all.js in a cluster: as many nodes write at once as it is told. */
class BackupAllTest {
  private static final Path RECIPE = Path.of("proxmox/backup-all.js").toAbsolutePath();

  private final Path folder;
  private final ProxmoxSimulator simulator =
      new ProxmoxSimulator(WorldBuilder.cluster(Clock.system(), 8, 4).build(), ImageSource.none());
  private final RecipeTester tester;

  /** The nodes that were saving a guest, whenever something was asked. */
  private final List<List<String>> busy = Collections.synchronizedList(new ArrayList<>());

  BackupAllTest(@TempDir Path folder) {
    this.folder = folder;
    var proxmox = new ProxmoxBinding((saved, clock, net) -> simulator);
    this.tester = RecipeTester.with(folder.resolve("home"), SimulatedProxmox.among(proxmox));
  }

  @BeforeEach
  void makeGuests() throws Exception {
    var recipe =
        Files.writeString(
            folder.resolve("guests.js"),
            """
            import { proxmox } from 'hearth:proxmox';
            export const recipe = { summary: 'Guests', permissions: { proxmox: 'write' } };
            export default async () => {
              for (const node of [1, 2, 3, 4]) {
                for (const one of [1, 2]) await proxmox().vms.create({ node: `pve${node}`, vmid: node * 100 + one, scsi0: 'local-lvm:1' });
              }
            };
            """);
    assertThat(tester.run(recipe, RunRequest::simulated).error()).isNull();
    var world = simulator.world();
    world.lock().holding(() -> world.tasks().delay(Duration.ofMillis(80)));
    simulator.failBy((method, path) -> look());
  }

  @AfterEach
  void end() {
    simulator.close();
  }

  private Optional<Outcome> look() {
    var world = simulator.world();
    busy.add(
        world.lock().holding(world.tasks()::all).stream()
            .filter(task -> task.isRunning() && task.upid().type().equals("vzdump"))
            .map(Task::upid)
            .map(upid -> upid.node())
            .toList());
    return Optional.empty();
  }

  private void backUp(int parallel) throws InterruptedException {
    var result =
        tester.run(
            RECIPE,
            request -> request.simulated().param("storage", "shared").param("parallel", parallel));
    assertThat(result.error()).isNull();
    var report = requireNonNull(result.value());
    assertThat(report.path("saved").findValuesAsText("vmid"))
        .containsExactly("101", "102", "201", "202", "301", "302", "401", "402");
    assertThat(report.path("failed")).isEmpty();
    assertThat(report.path("saved").findValuesAsText("volid")).doesNotHaveDuplicates();
  }

  private int mostAtOnce() {
    return busy.stream().mapToInt(List::size).max().orElse(0);
  }

  @Test
  void two_nodes_save_at_once_unless_told_otherwise_and_each_one_guest_after_the_other()
      throws Exception {
    backUp(2);
    assertThat(mostAtOnce()).isEqualTo(2);
    assertThat(busy).allSatisfy(nodes -> assertThat(new HashSet<>(nodes)).hasSameSizeAs(nodes));
  }

  @Test
  void all_nodes_save_at_once_where_the_storage_bears_it() throws Exception {
    backUp(9);
    assertThat(mostAtOnce()).isEqualTo(4);
  }

  @Test
  void one_node_saves_after_the_other_where_it_does_not() throws Exception {
    backUp(1);
    assertThat(mostAtOnce()).isOne();
  }
}
