import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.stdlib.proxmox.ProxmoxBinding;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Clones a template many times at once on one slow storage of the simulator. Started by {@code
 * bench/clones}, which says what the figures mean.
 */
public final class Clones {
  private static final double AIM = 1.10;

  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[0]);
    var pace = Duration.ofMillis(Long.parseLong(args[1]));
    boolean check = args.length > 2 && args[2].equals("--check");
    var world =
        WorldBuilder.standard(Clock.system()).folderStorage("slow", "/mnt/slow", "images").build();
    var simulator = new ProxmoxSimulator(world, ImageSource.none());
    var home = Files.createTempDirectory("hearth-clones");
    var hearth =
        Hearth.builder()
            .home(home)
            .bindings(List.of(new ProxmoxBinding((saved, clock, net) -> simulator)))
            .environment(name -> Optional.empty())
            .build();
    var golden =
        """
        const vm = await proxmox().vms.create({ node: 'pve', vmid: 9000, name: 'golden', scsi0: 'slow:1,format=qcow2' });
        await vm.template();
        """;
    var clones =
        """
        const golden = proxmox().vm(9000);
        const began = performance.now();
        const all = await Promise.allSettled(
          Array.from({ length: %d }, (_, i) => golden.clone({ name: `web${i}` })));
        const failed = all.filter(({ status }) => status === 'rejected').map(({ reason }) => reason.message);
        return { took: performance.now() - began, failed };
        """
            .formatted(count);
    run(hearth, home, golden);
    world.lock().holding(() -> world.storages().pace("slow", pace));
    var told = run(hearth, home, clones);
    var lost =
        world.lock().holding(() -> world.tasks().all()).stream()
            .filter(task -> String.valueOf(task.exitStatus()).contains("timeout"))
            .count();
    double took = told.path("took").asDouble() / 1000;
    double optimum = count * pace.toMillis() / 1000.0;
    int failed = told.path("failed").size();
    System.out.printf("%d clones, the storage takes %d ms for each%n", count, pace.toMillis());
    System.out.printf("  the storage alone   %7.2f s%n", optimum);
    System.out.printf(
        "  Hearth              %7.2f s   %.3f of it, the aim is %.2f%n", took, took / optimum, AIM);
    System.out.printf("  clones that failed  %7d   %s%n", failed, told.path("failed"));
    System.out.printf("  tasks that lost a lock on the server and were begun again  %d%n", lost);
    simulator.close();
    try (var files = Files.walk(home)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
    System.exit(check && (failed > 0 || took / optimum > AIM) ? 1 : 0);
  }

  private static com.fasterxml.jackson.databind.JsonNode run(
      Hearth hearth, java.nio.file.Path home, String body) throws Exception {
    var recipe =
        Files.writeString(
            home.resolve("recipe.js"),
            """
            import { proxmox } from 'hearth:proxmox';
            export const recipe = { summary: 'Clones', permissions: { proxmox: 'write' } };
            export default async () => {
            %s
            };
            """
                .formatted(body));
    var result = hearth.run(RunRequest.of(recipe).simulated(), event -> {});
    if (result.error() != null) {
      throw new IllegalStateException(result.error().toString());
    }
    return result.value() == null
        ? com.fasterxml.jackson.databind.node.MissingNode.getInstance()
        : result.value();
  }
}
