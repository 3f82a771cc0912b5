package dev.hearth.stdlib.proxmox.sim.ha;

import dev.hearth.stdlib.proxmox.sim.api.Background;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import dev.hearth.stdlib.proxmox.sim.world.Sections;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The guests that are managed, each in the state that was requested for it. The manager acts in
 * rounds, some seconds after a request, as the real one does.
 */
public final class HaResources {
  private static final Duration ROUND = Duration.ofSeconds(10);
  private static final String ACTING = "ha-acting";
  private static final String SINCE = "since";
  private static final String ATTEMPTS = "attempts";

  private HaResources() {}

  static Sections file(World world) {
    return world.sections("ha/resources");
  }

  /** What the manager knows beside the file: since when it knows of a service. */
  static Map<String, String> seen(World world, String sid) {
    return world.sections("ha/manager").edit(sid);
  }

  /** {@code vm:100}, {@code ct:200}. */
  public static String sid(Guest guest) {
    return (guest.isContainer() ? "ct:" : "vm:") + guest.vmid();
  }

  public static boolean isManaged(World world, Guest guest) {
    return file(world).has(sid(guest));
  }

  /** Requests a state; the manager sees to it in its next round. */
  static void request(World world, String sid, String state) {
    file(world).edit(sid).put("state", state);
    begin(world, sid);
  }

  /** The manager looks at a service anew in its next round, whatever came of it before. */
  static void begin(World world, String sid) {
    seen(world, sid).put(SINCE, String.valueOf(world.now()));
    seen(world, sid).remove(ATTEMPTS);
  }

  static void forget(World world, String sid) {
    file(world).remove(sid);
    world.sections("ha/manager").remove(sid);
  }

  static boolean isActedOn(World world, String sid) {
    long since = Long.parseLong(seen(world, sid).getOrDefault(SINCE, "0"));
    return world.now() - since >= ROUND.toSeconds();
  }

  static Optional<Guest> guest(World world, String sid) {
    var vmid = Integer.valueOf(sid.substring(sid.indexOf(':') + 1));
    return Optional.ofNullable(world.guests().get(vmid));
  }

  /** What the manager says of a service: {@code queued} until its next round. */
  static String state(World world, String sid) {
    return isActedOn(world, sid) ? kept(world, sid) : "queued";
  }

  /** The state that was requested, or why it cannot be had. */
  private static String kept(World world, String sid) {
    var requested = file(world).values(sid).getOrDefault("state", "started");
    return new Recovery(world)
        .ofService(sid)
        .orElseGet(() -> hasFailed(world, sid) ? "error" : requested);
  }

  /** Whether a service was started as often as it may and did not run. */
  private static boolean hasFailed(World world, String sid) {
    int most = Integer.parseInt(file(world).values(sid).getOrDefault("max_restart", "1"));
    return attempts(world, sid) > most
        && guest(world, sid).filter(guest -> !guest.isRunning()).isPresent();
  }

  private static int attempts(World world, String sid) {
    return Integer.parseInt(seen(world, sid).getOrDefault(ATTEMPTS, "0"));
  }

  /** The state in which the manager keeps a guest; empty if it does not. */
  public static Optional<String> known(World world, Guest guest) {
    return file(world).find(sid(guest)).map(_ -> kept(world, sid(guest)));
  }

  /** What a guest's status says of its management; {@code null} in a state not yet acted on. */
  public static Item status(World world, Guest guest) {
    if (!isManaged(world, guest)) {
      return Item.of("managed", 0);
    }
    var sid = sid(guest);
    return Item.of("managed", 1)
        .with("state", isActedOn(world, sid) ? state(world, sid) : null)
        .withKnown("group", file(world).values(sid).get("group"));
  }

  /** Takes a guest that goes out of the manager's hands, or refuses to let it go. */
  public static void release(World world, Guest guest, boolean purge) {
    if (!isManaged(world, guest)) {
      return;
    }
    checkFree(world, guest, purge);
    forget(world, sid(guest));
  }

  /** Refuses to remove a guest that is managed unless all that names it is to go too. */
  public static void checkFree(World world, Guest guest, boolean purge) {
    if (isManaged(world, guest) && !purge) {
      throw Refusal.die(
          "unable to remove "
              + guest.title()
              + " - used in HA resources and purge parameter not set.");
    }
  }

  /**
   * Starting and stopping a managed guest only requests the state of the manager.
   *
   * @param verb {@code start}, {@code stop} or {@code shutdown}
   * @param otherwise what is done with a guest that is not managed, or by the manager itself
   */
  public static @Nullable Object power(
      Call call, String type, String verb, Supplier<@Nullable Object> otherwise) {
    var world = call.world();
    var vmid = call.params().integer("vmid");
    var guest = world.guest(type, call.node(), vmid).orElse(null);
    if (guest == null
        || guest.state().containsKey(ACTING)
        || !isManaged(world, guest)
        || !Set.of("start", "stop", "shutdown").contains(verb)) {
      return otherwise.get();
    }
    boolean starts = verb.equals("start");
    return call.fork(
        "ha" + verb,
        String.valueOf(vmid),
        task -> {
          task.log("Requesting HA " + (starts ? "start" : "stop") + " for " + guest.title());
          request(world, sid(guest), starts ? "started" : "stopped");
        });
  }

  /** Does what is due of what was requested. */
  public static void act(World world, Background.Root root) {
    new Recovery(world).act();
    for (var sid : List.copyOf(file(world).all().keySet())) {
      var guest = guest(world, sid).orElse(null);
      if (guest == null
          || !isActedOn(world, sid)
          || !world.isOnline(guest.node())
          || guest.config().containsKey("lock")) {
        continue;
      }
      var wanted = file(world).values(sid).getOrDefault("state", "started");
      boolean runs = guest.isRunning();
      if (runs) {
        seen(world, sid).remove(ATTEMPTS);
      }
      boolean isDue = wanted.equals("started") != runs && !wanted.equals("ignored");
      if (isDue && !hasFailed(world, sid)) {
        power(world, guest, wanted.equals("started") ? "start" : "stop", root);
      }
    }
  }

  private static void power(World world, Guest guest, String verb, Background.Root root) {
    var seen = seen(world, sid(guest));
    seen.put(SINCE, String.valueOf(world.now()));
    if (verb.equals("start")) {
      seen.put(ATTEMPTS, String.valueOf(attempts(world, sid(guest)) + 1));
    }
    guest.state().put(ACTING, "1");
    try {
      root.call("POST", guest.path() + "/status/" + verb, Map.of());
    } catch (Refusal e) {
      seen.put("error", e.text());
    } finally {
      guest.state().remove(ACTING);
    }
  }
}
