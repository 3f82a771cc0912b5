package dev.hearth.stdlib.proxmox;

import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.proxmox.config.Difference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings a guest and its disks to where they are wanted: first the disks whose storage is on the
 * node where it is, then the guest, then the others. A storage that the other node has not is
 * exchanged on the way.
 */
final class GuestMove {
  private static final Pattern FORMAT = Pattern.compile("(?:.*,)?format=([a-z0-9]+)(?:,.*)?");
  private static final Pattern STORAGE = Pattern.compile("(?:[a-z]+=)?([^:,]+):.*");

  private final GuestAccess access;
  private final GuestSpec wanted;
  private final GuestState before;
  private final List<Difference> disks;
  private final List<String> actions;
  private VmPlace place;

  /**
   * A move.
   *
   * @param disks that are on other storages than wanted
   * @param actions is told what was done
   */
  GuestMove(
      GuestAccess access,
      GuestSpec wanted,
      GuestState before,
      List<Difference> disks,
      List<String> actions) {
    this.access = access;
    this.wanted = wanted;
    this.before = before;
    this.disks = disks;
    this.actions = actions;
    this.place = new VmPlace(before.vmid(), before.node());
  }

  /** Whether it can only be done while the guest is off. */
  static boolean needsStop(GuestType type, GuestState state, List<Difference> disks) {
    return type == GuestType.CONTAINER && state.runs() && !disks.isEmpty();
  }

  /** Where it is by now, also when the move broke off. */
  VmPlace place() {
    return place;
  }

  void run() {
    if (!needsStop(access.type(), before, disks)) {
      moveAll(before.runs());
      return;
    }
    access.power(place, "shutdown", params -> params.put("forceStop", 1));
    try {
      moveAll(false);
    } catch (HearthException e) {
      throw startedAgain(e);
    }
    start();
    did("reboot");
  }

  private void start() {
    access.power(place, "start", params -> {});
  }

  /** The failure of a move; what was running is running then, or it is told. */
  private HearthException startedAgain(HearthException failure) {
    try {
      start();
      return failure;
    } catch (HearthException e) {
      return failure.with("off", "it was stopped and does not start again: " + e.sentence());
    }
  }

  private void moveAll(boolean runs) {
    var target = wanted.node();
    if (target != null && !target.equals(place.node())) {
      var here = access.storagesOn(place.node());
      disks.stream().filter(disk -> here.contains(to(disk))).forEach(this::move);
      migrate(target, runs);
    }
    var now = access.read(place);
    disks.stream()
        .filter(disk -> !to(disk).equals(storage(now.config().get(disk.key()))))
        .forEach(this::move);
  }

  private static String to(Difference disk) {
    return String.valueOf(disk.wanted());
  }

  private static String storage(@Nullable String drive) {
    var match = STORAGE.matcher(drive == null ? "" : drive);
    return match.matches() ? match.group(1) : "";
  }

  private void move(Difference disk) {
    var format = FORMAT.matcher(String.valueOf(wanted.config().get(disk.key())));
    access.moveDisk(
        place,
        disk.key(),
        params -> {
          params.put("storage", to(disk));
          if (access.type() == GuestType.VM && format.matches()) {
            params.put("format", format.group(1));
          }
        });
    did("move");
  }

  private void migrate(String target, boolean runs) {
    var exchanged = exchanged(access.storagesOn(target));
    boolean isVm = access.type() == GuestType.VM;
    place =
        access.migrate(
            place,
            target,
            params -> {
              if (runs) {
                params.put(isVm ? "online" : "restart", 1);
              }
              if (runs && isVm) {
                params.put("with-local-disks", 1);
              }
              if (!exchanged.isEmpty()) {
                params.put(isVm ? "targetstorage" : "target-storage", text(exchanged));
              }
            });
    did("migrate");
  }

  /** What takes the place of storages that the other node has not. */
  private Map<String, String> exchanged(Set<String> there) {
    var exchanged = new TreeMap<String, String>();
    var now = access.read(place).config();
    for (var disk : disks) {
      var from = storage(now.get(disk.key()));
      if (!from.isEmpty() && !there.contains(from)) {
        exchanged.put(from, to(disk));
      }
    }
    return exchanged;
  }

  private static String text(Map<String, String> storages) {
    return storages.entrySet().stream()
        .map(pair -> pair.getKey() + ":" + pair.getValue())
        .collect(Collectors.joining(","));
  }

  private void did(String action) {
    if (!actions.contains(action)) {
      actions.add(action);
    }
  }
}
