package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.proxmox.config.Comparison;
import dev.hearth.stdlib.proxmox.config.Difference;
import dev.hearth.stdlib.proxmox.config.Difference.Way;
import dev.hearth.stdlib.proxmox.config.KeyTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One look at a guest that is there, and what follows from it. */
final class GuestChange {
  private static final String NODE = "node";

  private final GuestAccess access;
  private final KeyTable keys;
  private final GuestSpec wanted;
  private final GuestState before;
  private final List<Difference> differences;

  private GuestChange(
      GuestAccess access,
      KeyTable keys,
      GuestSpec wanted,
      GuestState before,
      List<Difference> differences) {
    this.access = access;
    this.keys = keys;
    this.wanted = wanted;
    this.before = before;
    this.differences = differences;
  }

  /**
   * How it may be done.
   *
   * @param reboot whether the guest may be rebooted for what it does not take while it runs
   * @param move whether it is moved to where it is wanted, or left where it is; null to fail then
   */
  record How(boolean reboot, @Nullable Boolean move) {}

  /** Looks; fails when something cannot become what is wanted, before anything is done. */
  static GuestChange of(
      GuestAccess access, KeyTable keys, GuestSpec wanted, VmPlace place, How how) {
    var state = access.read(place);
    var all = new ArrayList<Difference>();
    if (wanted.node() != null && !wanted.node().equals(state.node())) {
      all.add(Difference.move(NODE, state.node(), wanted.node()));
    }
    all.addAll(new Comparison(keys, state.config()).differences(wanted.config()));
    if (Boolean.FALSE.equals(how.move())) {
      all.removeIf(difference -> difference.way() == Way.MOVE);
    }
    var change = new GuestChange(access, keys, wanted, state, List.copyOf(all));
    var fixed = change.of(Way.FIXED);
    if (!fixed.isEmpty()) {
      throw change.refused(
          ProxmoxError.GUEST_FIXED,
          fixed.stream()
              .map(difference -> "`" + difference.key() + "` " + difference.why())
              .collect(Collectors.joining("; ")));
    }
    return change;
  }

  private HearthException refused(ProxmoxError error, String why) {
    return new HearthException(error, access.type().label(before.vmid()), why)
        .with("differences", GuestPlan.told(differences));
  }

  private List<Difference> of(Way way) {
    return differences.stream().filter(difference -> difference.way() == way).toList();
  }

  /** The disks that are on other storages than wanted. */
  private List<Difference> strayDisks() {
    return of(Way.MOVE).stream().filter(difference -> !difference.key().equals(NODE)).toList();
  }

  private boolean isElsewhere() {
    return of(Way.MOVE).stream().anyMatch(difference -> difference.key().equals(NODE));
  }

  private Set<String> keys() {
    return differences.stream()
        .map(Difference::key)
        .filter(key -> !key.equals(NODE))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The wanted keys that wait for the next start, and those that will. */
  private Set<String> willWait() {
    var waiting = waiting(before);
    if (before.runs()) {
      var rules = access.type().hotplug(before.current(), keys);
      of(Way.SET).stream()
          .filter(difference -> !rules.isAtOnce(difference.key(), difference.wanted()))
          .forEach(difference -> waiting.add(difference.key()));
    }
    if (GuestMove.needsStop(access.type(), before, strayDisks())) {
      strayDisks().forEach(disk -> waiting.add(disk.key()));
    }
    return waiting;
  }

  private Set<String> waiting(GuestState state) {
    var waiting = new TreeSet<>(state.waiting());
    waiting.retainAll(wanted.config().keySet());
    return waiting;
  }

  private List<String> unchecked() {
    return Comparison.SECRETS.stream()
        .filter(key -> wanted.config().get(key) != null && before.config().containsKey(key))
        .toList();
  }

  /** What would be done. */
  GuestPlan plan() {
    var wish = new LinkedHashMap<String, @Nullable String>();
    for (var difference : differences) {
      var key = difference.key();
      wish.put(key, difference.way() == Way.MOVE ? wanted.config().get(key) : difference.wanted());
    }
    var actions = new ArrayList<String>();
    if (!strayDisks().isEmpty()) {
      actions.add("move");
    }
    if (isElsewhere()) {
      actions.add("migrate");
    }
    if (!of(Way.SET).isEmpty()) {
      actions.add("change");
    }
    if (!of(Way.GROW).isEmpty()) {
      actions.add("resize");
    }
    var node = isElsewhere() ? wanted.node() : before.node();
    var after = GuestPlan.values(before.vmid(), node, keys(), wish);
    return result(actions, before, after, willWait());
  }

  private GuestPlan result(
      List<String> actions, GuestState as, ObjectNode after, Set<String> waiting) {
    return new GuestPlan(
        !differences.isEmpty() || !actions.isEmpty(),
        as.vmid(),
        as.node(),
        List.copyOf(actions),
        GuestPlan.told(differences),
        GuestPlan.values(before.vmid(), before.node(), keys(), before.config()),
        after,
        GuestPlan.needs(waiting),
        List.copyOf(waiting),
        unchecked());
  }

  /** Does it. */
  GuestPlan apply(How how) {
    refuseToMove(how);
    var actions = new ArrayList<String>();
    var move = new GuestMove(access, wanted, before, strayDisks(), actions);
    try {
      var look = this;
      if (!of(Way.MOVE).isEmpty()) {
        move.run();
        look = of(access, keys, wanted, move.place(), how);
      }
      var after = look.written(actions, how.reboot());
      return result(
          actions,
          after,
          GuestPlan.values(after.vmid(), after.node(), keys(), after.config()),
          waiting(after));
    } catch (HearthException e) {
      throw told(e, move.place());
    }
  }

  /** A guest that is not where it is wanted is moved only by who says so. */
  private void refuseToMove(How how) {
    var moves = of(Way.MOVE);
    if (moves.isEmpty()) {
      return;
    }
    if (how.move() == null) {
      throw refused(ProxmoxError.GUEST_ELSEWHERE, String.join("; ", GuestPlan.told(moves)));
    }
    var disks = strayDisks();
    if (!how.reboot() && GuestMove.needsStop(access.type(), before, disks)) {
      throw refused(
          ProxmoxError.GUEST_MOVE_RUNNING,
          disks.stream().map(disk -> "`" + disk.key() + "`").collect(Collectors.joining(", ")));
    }
  }

  private GuestState written(List<String> actions, boolean reboot) {
    var place = new VmPlace(before.vmid(), before.node());
    int done = actions.size();
    write(place, actions);
    var after = actions.size() == done ? before : access.read(place);
    if (!reboot || !after.runs() || waiting(after).isEmpty()) {
      return after;
    }
    access.power(place, "reboot", params -> {});
    actions.add("reboot");
    return access.read(place);
  }

  private void write(VmPlace place, List<String> actions) {
    var sets = of(Way.SET);
    if (!sets.isEmpty()) {
      access.write(place, params -> put(params, sets));
      actions.add("change");
    }
    for (var disk : of(Way.GROW)) {
      access.grow(place, disk);
      if (!actions.contains("resize")) {
        actions.add("resize");
      }
    }
  }

  private void put(ObjectNode params, List<Difference> sets) {
    var gone = new ArrayList<String>();
    for (var difference : sets) {
      if (difference.wanted() == null) {
        gone.add(difference.key());
      } else {
        params.put(difference.key(), difference.wanted());
      }
    }
    if (!gone.isEmpty()) {
      params.put("delete", String.join(",", gone));
    }
    params.put("digest", before.digest());
  }

  /** The failure, with what did change all the same: Proxmox does not take back half a write. */
  private HearthException told(HearthException failure, VmPlace place) {
    GuestState after;
    try {
      after = access.read(place);
    } catch (HearthException e) {
      return failure.with("changed", "unknown: " + e.sentence());
    }
    var changed = before.changedIn(after);
    if (!place.node().equals(before.node())) {
      changed.add(NODE);
    }
    if (changed.isEmpty() || failure.code() == ProxmoxError.CONFIG_CHANGED) {
      return failure.with("changed", List.of());
    }
    return failure
        .with("changed", List.copyOf(changed))
        .hint(
            "Mind that this did change all the same: `"
                + String.join("`, `", changed)
                + "`. "
                + failure.hint());
  }
}
