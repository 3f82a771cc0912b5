package dev.hearth.stdlib.proxmox.sim;

import dev.hearth.stdlib.proxmox.sim.api.Api;
import dev.hearth.stdlib.proxmox.sim.api.CallFault;
import dev.hearth.stdlib.proxmox.sim.api.Gateway;
import dev.hearth.stdlib.proxmox.sim.api.SimAnswer;
import dev.hearth.stdlib.proxmox.sim.api.SimRequest;
import dev.hearth.stdlib.proxmox.sim.rest.RealMethods;
import dev.hearth.stdlib.proxmox.sim.rest.VersionMethods;
import dev.hearth.stdlib.proxmox.sim.task.TaskFault;
import dev.hearth.stdlib.proxmox.sim.task.TaskFault.Moment;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.time.Duration;

/**
 * A Proxmox VE in memory: it keeps state, has Proxmox's rules and answers as Proxmox does, word for
 * word. Safe from any thread.
 */
public final class ProxmoxSimulator implements AutoCloseable {
  private final World world;
  private final Gateway gateway;

  /** A simulator of this world. */
  public ProxmoxSimulator(World world) {
    this.world = world;
    this.gateway = new Gateway(world, api());
  }

  private static Api api() {
    // Each group of methods is one line here, and declares itself.
    return new Api(RealMethods.all()).add(VersionMethods.all());
  }

  /** Answers one request, as it would over the wire. */
  public SimAnswer answer(SimRequest request) {
    return gateway.answer(request);
  }

  /** What it simulates; look at it or change it under {@link World#lock}. */
  public World world() {
    return world;
  }

  /** Makes a coming call go wrong. */
  public ProxmoxSimulator failNext(CallFault fault) {
    gateway.failNext(fault);
    return this;
  }

  /** Makes the next task of this type end with an error instead of its work. */
  public ProxmoxSimulator failNextTask(String type, String message) {
    world.lock().holding(() -> world.tasks().failNext(new TaskFault(type, Moment.BEFORE, message)));
    return this;
  }

  /** Makes the next task of this type end with an error after its work. */
  public ProxmoxSimulator failNextTaskAfterwards(String type, String message) {
    world.lock().holding(() -> world.tasks().failNext(new TaskFault(type, Moment.AFTER, message)));
    return this;
  }

  /** How long tasks take from now on. */
  public ProxmoxSimulator taskDelay(Duration delay) {
    world.lock().holding(() -> world.tasks().delay(delay));
    return this;
  }

  /** Stops the tasks that still run. */
  @Override
  public void close() {
    world.lock().holding(() -> world.tasks().stopAll());
  }
}
