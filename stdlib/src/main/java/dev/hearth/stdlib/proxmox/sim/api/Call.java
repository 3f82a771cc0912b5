package dev.hearth.stdlib.proxmox.sim.api;

import dev.hearth.stdlib.proxmox.sim.access.Rights;
import dev.hearth.stdlib.proxmox.sim.task.TaskBody;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call of an API method, after its rights and parameters were checked. */
public final class Call {
  private final World world;
  private final Rights rights;
  private final Params params;
  private final @Nullable Upload upload;
  private @Nullable Long total;

  Call(World world, Rights rights, Params params, @Nullable Upload upload) {
    this.world = world;
    this.rights = rights;
    this.params = params;
    this.upload = upload;
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

  /** Says how many items there are, of which the answer is a part. */
  public void total(long count) {
    total = count;
  }

  @Nullable Long total() {
    return total;
  }
}
