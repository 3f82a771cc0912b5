package dev.hearth.runtime.engine;

/**
 * How much one run may have going on at once.
 *
 * @param inFlight operations that are performed at the same time; more wait, in order
 * @param waiting operations that may wait; more are an error
 * @param resultBytes how large one operation's result may be, as JSON
 */
public record OpLimits(int inFlight, int waiting, int resultBytes) {
  public static final OpLimits DEFAULT = new OpLimits(256, 100_000, 64 * 1024 * 1024);
}
