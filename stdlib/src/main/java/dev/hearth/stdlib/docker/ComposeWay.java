package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A way to do what Compose does. What came of it is read from the engine, whichever it was. */
interface ComposeWay {
  /** As recipes name it. */
  Through through();

  /** The ways. */
  enum Through {
    plugin,
    engine
  }

  /** The model as it is meant, in canonical form. */
  ObjectNode config() throws InterruptedException;

  /**
   * What each service's containers are to be made from, as a hash that they bear as a label.
   *
   * @param model what {@link #config} told
   * @param state what there is
   */
  Map<String, String> hashes(ObjectNode model, ComposeState state) throws InterruptedException;

  /** Fails for what `up` would fail at from the start, and changes nothing. */
  void check(Up options) throws InterruptedException;

  void up(Up options) throws InterruptedException;

  void down(Down options) throws InterruptedException;

  void start(List<String> services) throws InterruptedException;

  void stop(List<String> services, @Nullable Duration grace) throws InterruptedException;

  void restart(List<String> services, @Nullable Duration grace) throws InterruptedException;

  void pull(List<String> services) throws InterruptedException;

  void build(List<String> services, boolean isAnew) throws InterruptedException;

  /** Which containers are made anew. */
  enum Recreate {
    changed,
    always,
    never
  }

  /**
   * How services are brought up.
   *
   * @param services these and what they need; empty: all
   * @param build whether images are built though they are there
   * @param scale how many containers a service is to have, over what the model says
   * @param removeOrphans whether containers of services that the model has no more are removed
   * @param grace for those that are stopped meanwhile; null: each its own
   * @param limit how long a service may take to become what another one waits for; null: the way's
   */
  record Up(
      List<String> services,
      boolean build,
      Recreate recreate,
      Map<String, Integer> scale,
      boolean removeOrphans,
      @Nullable Duration grace,
      @Nullable Duration limit) {}

  /**
   * Which images of its services go with a project: all, or those that have no name in the model.
   */
  enum Images {
    all,
    local
  }

  /** How a project is taken down. */
  record Down(
      boolean volumes, @Nullable Images images, boolean removeOrphans, @Nullable Duration grace) {}
}
