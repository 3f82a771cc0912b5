import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.stdlib.proxmox.ProxmoxBinding;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulatorFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Counts what building a template asks of Proxmox. Started by {@code bench/template-requests},
 * which says what the figures mean.
 */
public final class TemplateRequests {
  private record Call(String step, String method, String path) {
    String kind() {
      if (!method.equals("GET")) {
        return "writes";
      }
      return path.matches("/nodes/[^/]+/tasks/.*") ? "polls" : "reads";
    }

    /** The same for whichever VM, volume and task. */
    String request() {
      return method
          + " "
          + path.replaceAll("/tasks/[^/]+", "/tasks/UPID")
              .replaceAll("/qemu/\\d+", "/qemu/ID")
              .replaceAll("/content/.+", "/content/VOLUME");
    }
  }

  private final List<Call> calls = new ArrayList<>();
  private volatile String step = "";
  private boolean isMore;

  public static void main(String[] args) throws Exception {
    boolean verbose = List.of(args).contains("--list");
    var requests = new TemplateRequests();
    var home = Files.createTempDirectory("hearth-requests");
    try {
      requests.measure(home, verbose);
    } finally {
      try (var files = Files.walk(home)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
    System.exit(List.of(args).contains("--check") && requests.isMore ? 1 : 0);
  }

  private void measure(Path home, boolean verbose) throws Exception {
    var bindings = new ArrayList<Binding>();
    for (var binding : ServiceLoader.load(Binding.class)) {
      bindings.add(
          binding instanceof ProxmoxBinding ? new ProxmoxBinding(this::observed) : binding);
    }
    var hearth =
        Hearth.builder()
            .home(home)
            .bindings(bindings)
            .environment(name -> Optional.empty())
            .build();
    System.out.println("                              reads  writes   polls     all");
    run(hearth, home, verbose, "the first build", "20GiB", "", 15, 5);
    run(hearth, home, verbose, "the second run", "20GiB", "", 3, 0);
    run(hearth, home, verbose, "a change in place", "20GiB", "memory: 4096", 4, 1);
    run(hearth, home, verbose, "a replacement", "24GiB", "memory: 4096", 21, 8);
  }

  private ProxmoxSimulator observed(
      com.fasterxml.jackson.databind.JsonNode saved,
      dev.hearth.runtime.effect.Clock clock,
      dev.hearth.runtime.effect.Net net) {
    var simulator = (ProxmoxSimulator) new ProxmoxSimulatorFactory().start(saved, clock, net);
    return simulator.failBy(
        (method, path) -> {
          synchronized (calls) {
            calls.add(new Call(step, method, path));
          }
          return Optional.empty();
        });
  }

  private void run(
      Hearth hearth,
      Path home,
      boolean verbose,
      String what,
      String disk,
      String more,
      int reads,
      int writes)
      throws Exception {
    calls.clear();
    step = "";
    var recipe =
        Files.writeString(
            home.resolve("recipe.js"),
            """
            import { templates } from 'hearth:templates';
            export const recipe = { permissions: { proxmox: 'write', images: 'read' } };
            export default ({ step }) => templates().ensure({
              name: 'web', image: 'debian-13', node: 'pve', storage: 'local-lvm', agent: false,
              disks: [{ size: '%s' }], %s
            }, { step, replace: true });
            """
                .formatted(disk, more));
    var result =
        hearth.run(
            RunRequest.of(recipe).simulatedIn(home.resolve("world.json")),
            event -> {
              if (event instanceof RunEvent.StepStarted started) {
                step = started.step();
              }
            });
    if (result.error() != null) {
      throw new IllegalStateException(result.error().toString());
    }
    var kinds = tell(what, verbose);
    isMore |= kinds.get("reads") > reads || kinds.get("writes") > writes;
  }

  private Map<String, Integer> tell(String what, boolean verbose) {
    var kinds = new LinkedHashMap<String, Integer>();
    List.of("reads", "writes", "polls").forEach(kind -> kinds.put(kind, 0));
    var requests = new LinkedHashMap<String, Map<String, Integer>>();
    for (var call : calls) {
      kinds.merge(call.kind(), 1, Integer::sum);
      requests
          .computeIfAbsent(call.step(), _ -> new LinkedHashMap<>())
          .merge(call.request(), 1, Integer::sum);
    }
    System.out.printf(
        "%-28s %6d %7d %7d %7d%n",
        what, kinds.get("reads"), kinds.get("writes"), kinds.get("polls"), calls.size());
    if (verbose) {
      requests.forEach(
          (name, all) -> {
            System.out.println("  " + name);
            all.forEach((request, count) -> System.out.printf("    %3d  %s%n", count, request));
          });
    }
    return kinds;
  }
}
