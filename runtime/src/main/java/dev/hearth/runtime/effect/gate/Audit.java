package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.permission.Grant;
import dev.hearth.runtime.permission.Permission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The record of all that passed the gate of one run, and of all that did not. The first time is
 * told at once; every time is counted.
 */
public final class Audit {
  /** How many different things are told apart; a recipe that touches more fills no memory. */
  static final int MOST_ENTRIES = 10_000;

  private final Sink sink;
  private final Map<Key, Tally> tallies = new LinkedHashMap<>();
  private long untold;

  /** A record whose news go to {@code sink}. */
  public Audit(Sink sink) {
    this.sink = sink;
  }

  /** Is told on the thread that asked, one thing at a time. */
  @FunctionalInterface
  public interface Sink {
    /** Something was used or refused for the first time. */
    void first(Entry entry);

    /** Something was used or refused; before the effect, which does not happen if this fails. */
    default void each(Use use) {}
  }

  /**
   * One check at the gate.
   *
   * @param principal who asked
   * @param permission what for, as it was asked for
   * @param resolved what that turned out to be, such as a real path or addresses; empty while only
   *     the name is known
   * @param grant what allowed it; empty when it was refused
   */
  public record Use(
      String principal, Permission permission, String resolved, Optional<Grant> grant) {}

  /**
   * One line of the record.
   *
   * @param principal who asked
   * @param permission what for
   * @param grant what allowed it; empty when it was refused
   * @param count how often
   */
  public record Entry(String principal, Permission permission, Optional<Grant> grant, long count) {
    public boolean granted() {
      return grant.isPresent();
    }
  }

  synchronized void used(Principal who, Permission what, Grant by) {
    sink.each(new Use(who.name(), what, "", Optional.of(by)));
    count(new Key(who.name(), what, true), Optional.of(by));
  }

  /** What {@code asked}, whose use is recorded already, turned out to be. */
  synchronized void resolved(Principal who, Permission asked, String resolved, Grant by) {
    sink.each(new Use(who.name(), asked, resolved, Optional.of(by)));
  }

  synchronized void refused(Principal who, Permission what) {
    sink.each(new Use(who.name(), what, "", Optional.empty()));
    count(new Key(who.name(), what, false), Optional.empty());
  }

  private void count(Key key, Optional<Grant> grant) {
    var tally = tallies.get(key);
    if (tally != null) {
      tally.count++;
    } else if (tallies.size() >= MOST_ENTRIES) {
      untold++;
    } else {
      tallies.put(key, new Tally(grant));
      sink.first(new Entry(key.principal, key.permission, grant, 1));
    }
  }

  /** The record so far, in the order of the first times. */
  public synchronized List<Entry> entries() {
    var entries = new ArrayList<Entry>();
    tallies.forEach(
        (key, tally) ->
            entries.add(new Entry(key.principal, key.permission, tally.grant, tally.count)));
    return entries;
  }

  /** How often something was asked for that found no more room in the record. */
  public synchronized long untold() {
    return untold;
  }

  private record Key(String principal, Permission permission, boolean granted) {}

  private static final class Tally {
    private final Optional<Grant> grant;
    private long count = 1;

    Tally(Optional<Grant> grant) {
      this.grant = grant;
    }
  }
}
