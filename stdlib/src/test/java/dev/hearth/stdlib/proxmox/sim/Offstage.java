package dev.hearth.stdlib.proxmox.sim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.function.Consumer;

/**
 * Does what was done to the recorded server without being recorded: by root's requests, which must
 * succeed, or by hand.
 */
final class Offstage {
  private final RootClient root;
  private final Replay replay;

  Offstage(ProxmoxSimulator simulator, Replay replay) {
    this.root = new RootClient(simulator);
    this.replay = replay;
  }

  JsonNode get(String path) {
    return root.get(path);
  }

  /** Parameters are written as {@code key=value}, not encoded. A task that begins is waited for. */
  JsonNode post(String path, String... params) {
    return root.done("POST", path, params);
  }

  JsonNode put(String path, String... params) {
    return root.done("PUT", path, params);
  }

  JsonNode delete(String path) {
    return root.done("DELETE", path);
  }

  /** Waits for the tasks that still run. */
  void settle() {
    var world = root.world();
    world.lock().holding(() -> world.tasks().all()).stream()
        .map(task -> task.upid().toString())
        .forEach(root::await);
  }

  /** Changes the world by hand. */
  void byHand(Consumer<World> change) {
    var world = root.world();
    world.lock().holding(() -> change.accept(world));
  }

  /** Says which digest the recorded configuration had that has the one of {@code path} here. */
  void digest(String recorded, String path) {
    replay.learn(recorded, get(path).path("digest").asText());
  }
}
