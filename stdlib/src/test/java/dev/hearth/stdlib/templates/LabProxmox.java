package dev.hearth.stdlib.templates;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.run.SimulatorServer;
import dev.hearth.runtime.spi.Disturbance;
import dev.hearth.stdlib.proxmox.ProxmoxBinding;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The simulator behind a real socket, so that recipes reach real hosts beside it. */
public final class LabProxmox implements AutoCloseable {
  private final Path folder;
  private final ProxmoxSimulator simulator;
  private final SimulatorServer server;
  private final List<RunEvent> events = new CopyOnWriteArrayList<>();
  private Consumer<RunEvent> follower = event -> {};

  private LabProxmox(Path folder, ProxmoxSimulator simulator, SimulatorServer server) {
    this.folder = folder;
    this.simulator = simulator;
    this.server = server;
  }

  /**
   * Starts one that has the disk image {@code local:import/cloud.qcow2}.
   *
   * @param world changes what there is besides
   */
  public static LabProxmox start(Path folder, UnaryOperator<WorldBuilder> world) {
    var builder =
        WorldBuilder.standard(Clock.system())
            .file("local:import/cloud.qcow2", 300L << 20, 3L << 30);
    var simulator = new ProxmoxSimulator(world.apply(builder).build(), ImageSource.none());
    var place = new SimulatorServer.Place("127.0.0.1", 0, Optional.empty(), Disturbance.NONE);
    var server =
        SimulatorServer.start(
            new ProxmoxBinding((saved, clock, net) -> simulator),
            place,
            Clock.system(),
            new SystemNet(),
            (peer, failure) -> {});
    return new LabProxmox(folder, simulator, server);
  }

  ProxmoxSimulator simulator() {
    return simulator;
  }

  public String token() {
    var token = simulator.connection().secrets().get("token");
    return token == null ? "" : token.reveal();
  }

  public String url() {
    return "https://" + server.address();
  }

  /** The fingerprint of its certificate. */
  public String fingerprint() {
    return server.fingerprint().toString();
  }

  /** Who hears of what runs tell, on their own thread. */
  void followedBy(Consumer<RunEvent> who) {
    follower = who;
  }

  /** Runs the body of a recipe, which has {@code pve}, {@code t} and {@code step}. */
  RunResult run(String body) throws IOException, InterruptedException {
    events.clear();
    var recipe =
        Files.writeString(
            folder.resolve("recipe.js"),
            """
            import { proxmox } from 'hearth:proxmox';
            import { templates } from 'hearth:templates';
            export const recipe = { summary: 'A test', onError: 'undo' };
            const at = { url: '%s', token: '%s', fingerprint: '%s' };
            export default async ({ step }) => {
              const pve = proxmox(at);
              const t = templates(at);
              %s
            };
            """
                .formatted(url(), token(), server.fingerprint(), body));
    var hearth =
        Hearth.builder()
            .home(folder.resolve("home"))
            .environment(
                name -> name.equals("HOME") ? Optional.of(folder.toString()) : Optional.empty())
            .build();
    return hearth.run(
        RunRequest.of(recipe).allowAll(),
        event -> {
          events.add(event);
          follower.accept(event);
        });
  }

  /** The steps that the last run went through, in order. */
  List<String> steps() {
    return events.stream()
        .filter(RunEvent.StepStarted.class::isInstance)
        .map(event -> ((RunEvent.StepStarted) event).step())
        .toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
