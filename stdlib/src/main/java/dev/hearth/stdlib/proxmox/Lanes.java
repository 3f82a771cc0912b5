package dev.hearth.stdlib.proxmox;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.OpContext.Log.Level;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;

/**
 * How much at once one Proxmox VE bears, learnt for its cluster, nodes, storages and guests. All
 * that one process asks of it goes through the same lanes, whatever run asks.
 */
final class Lanes {
  /** What a storage takes at first: the next ones wait for its lock, and lose after ten seconds. */
  private static final int OF_A_STORAGE = 4;

  /** What is copied from one guest at once. */
  private static final int FROM_A_GUEST = 4;

  private static final int OF_A_NODE = 16;
  private static final int MOST = 32;

  private static final Pattern GUEST_LOCK = Pattern.compile("lock-(\\d+)\\.conf");
  private static final Pattern STORAGE_LOCK =
      Pattern.compile("pve-storage-([A-Za-z0-9._-]+?)'|cfs-lock 'storage-([^']+)'");
  private static final Duration TOLD = Duration.ofMillis(100);

  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
  private final Map<String, NavigableSet<String>> learnt = new ConcurrentHashMap<>();
  private final Vmids vmids = new Vmids();

  Vmids vmids() {
    return vmids;
  }

  /** The lane of a thing such as {@code storage local-lvm}. */
  Lane lane(String name) {
    return lanes.computeIfAbsent(name, Lanes::made);
  }

  private static Lane made(String name) {
    return switch (name.substring(0, name.indexOf(' '))) {
      case "storage" -> new Lane(OF_A_STORAGE, MOST);
      case "guest", "ensured" -> new Lane(1, 1);
      case "from" -> new Lane(FROM_A_GUEST, MOST);
      default -> new Lane(OF_A_NODE, MOST);
    };
  }

  /**
   * Waits until a call may begin.
   *
   * @param teller is told of the wait
   * @param again whether it begins once more, after it lost a lock
   */
  Passage enter(ApiCall call, Teller teller, boolean again) {
    var names = new TreeSet<>(Claims.of(call));
    names.addAll(learnt.getOrDefault(call.toString(), new TreeSet<>()));
    var entered = new TreeSet<String>();
    long began = teller.clock().nanoTime();
    try {
      for (var name : names) { // in order, so that no two wait for each other
        enter(name, teller, again);
        entered.add(name);
      }
    } catch (InterruptedException e) {
      entered.forEach(name -> lane(name).leave());
      Thread.currentThread().interrupt();
      throw new HearthException(ProxmoxError.INTERRUPTED, call).causedBy(e);
    }
    var waited = Duration.ofNanos(teller.clock().nanoTime() - began);
    if (waited.compareTo(TOLD) > 0) {
      teller
          .log()
          .write(
              Level.DEBUG,
              "waited " + waited.toMillis() + " ms for a turn at " + String.join(", ", names),
              Map.of("request", call.toString(), "waitedMillis", waited.toMillis()));
    }
    return new Passage(call, entered);
  }

  private void enter(String name, Teller teller, boolean again) throws InterruptedException {
    long began = teller.clock().nanoTime();
    if (lane(name).enter(again)) {
      var howLong = Duration.ofNanos(teller.clock().nanoTime() - began);
      teller.waits().waited(turnAt(name), howLong);
    }
  }

  /** For people. */
  private static String turnAt(String name) {
    var what = name.substring(name.indexOf(' ') + 1);
    return switch (name.substring(0, name.indexOf(' '))) {
      case "from" -> "a turn to copy guest " + what;
      case "ensured" -> "a turn to ensure " + what;
      default -> "a turn at " + name;
    };
  }

  /** Who is told of waits, and by which clock. */
  record Teller(Clock clock, OpContext.Log log, OpContext.Waits waits) {}

  /** A turn that nobody else has at the same time. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits until nobody else in this process is at a thing, such as {@code ensured qemu web}. */
  Turn alone(String name, Teller teller) {
    try {
      enter(name, teller, false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(ProxmoxError.INTERRUPTED, name).causedBy(e);
    }
    return () -> lane(name).leave();
  }

  /** Being let through; closing it lets the next one in. */
  final class Passage implements AutoCloseable {
    private final ApiCall call;
    private final Set<String> names;
    private boolean isSqueezed;

    private Passage(ApiCall call, Set<String> names) {
      this.call = call;
      this.names = names;
    }

    /** A line of the task's log: who has to wait for a lock there shows that more is of no use. */
    void heard(String line) {
      isSqueezed |= line.contains("trying to acquire lock");
    }

    /** The call did its work. */
    void succeeded() {
      if (!isSqueezed) {
        names.forEach(name -> lane(name).passed());
      }
    }

    /** The call lost the fight for a lock, whose name stands in these words. */
    void contended(String words) {
      var storage = STORAGE_LOCK.matcher(words);
      var guest = GUEST_LOCK.matcher(words);
      if (storage.find()) {
        var id = storage.group(1) == null ? storage.group(2) : storage.group(1);
        lost("storage " + id);
      } else if (guest.find() && names.contains("from " + guest.group(1))) {
        lost("from " + guest.group(1));
      } else {
        names.forEach(name -> lane(name).contended());
      }
    }

    /** A clone does not say which storages it needs; from now on that is known. */
    private void lost(String name) {
      lane(name).contended();
      if (!names.contains(name)) {
        learnt.computeIfAbsent(call.toString(), _ -> new ConcurrentSkipListSet<>()).add(name);
      }
    }

    @Override
    public void close() {
      names.forEach(name -> lane(name).leave());
    }
  }
}
