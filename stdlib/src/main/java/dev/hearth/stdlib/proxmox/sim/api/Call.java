package dev.hearth.stdlib.proxmox.sim.api;

import dev.hearth.stdlib.proxmox.sim.access.Rights;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.task.Task;
import dev.hearth.stdlib.proxmox.sim.task.TaskBody;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call of an API method, after its rights and parameters were checked. */
public final class Call {
  private final World world;
  private final Rights rights;
  private final Params params;
  private final @Nullable Upload upload;
  private final Inner inner;
  private final Map<String, Object> beside = new LinkedHashMap<>();

  Call(World world, Rights rights, Params params, @Nullable Upload upload, Inner inner) {
    this.world = world;
    this.rights = rights;
    this.params = params;
    this.upload = upload;
    this.inner = inner;
  }

  /** A method of the API called by another one, as the same caller. */
  interface Inner {
    @Nullable Object answer(String verb, String path, Map<String, String> params);
  }

  /**
   * What another method answers the same caller.
   *
   * @param path without {@code /api2/json}
   */
  public @Nullable Object inner(String verb, String path, Map<String, String> params) {
    return inner.answer(verb, path, params);
  }

  /**
   * Waits for a task that another one began; fails as it fails.
   *
   * @param upid what the method that began it answered
   */
  public void await(@Nullable Object upid, TaskRun task) {
    var begun = world.tasks().find(String.valueOf(upid));
    while (begun.isPresent() && begun.get().isRunning()) {
      task.work();
    }
    var status = begun.map(Task::exitStatus).orElse("OK");
    if (!status.equals("OK") && !status.startsWith("WARNINGS")) {
      throw Refusal.die(status);
    }
  }

  /** The world, whose lock this call holds. */
  public World world() {
    return world;
  }

  /** What the caller may do. */
  public Rights rights() {
    return rights;
  }

  /** The caller: {@code user@realm} or {@code user@realm!token}; empty for nobody. */
  public String user() {
    return rights.user();
  }

  public Params params() {
    return params;
  }

  /** The node that the path names. */
  public String node() {
    return params.text("node");
  }

  /** The file that came with the call. */
  public Optional<Upload> upload() {
    return Optional.ofNullable(upload);
  }

  /**
   * Starts a task in the caller's name on the node that the path names.
   *
   * @return its UPID, which is what most such methods answer
   */
  public String fork(String type, String id, TaskBody body) {
    return world.tasks().start(node(), type, id, user(), body);
  }

  /** The same for a call that is about no node: on the one that it came in at. */
  public String forkHere(String type, String id, TaskBody body) {
    return world.tasks().start(world.entry(), type, id, user(), body);
  }

  /** Says how many items there are, of which the answer is a part. */
  public void total(long count) {
    beside("total", count);
  }

  /** Answers something beside the data, such as how the data would change. */
  public void beside(String name, Object value) {
    beside.put(name, value);
  }

  Map<String, Object> beside() {
    return beside;
  }
}
