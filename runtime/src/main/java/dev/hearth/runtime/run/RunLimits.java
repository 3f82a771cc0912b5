package dev.hearth.runtime.run;

/**
 * How much of a run is recorded.
 *
 * @param stepResultBytes of the JSON of one step's result; more is an error. Setting {@code
 *     limits.stepResultBytes}.
 * @param logBytes of all log lines of a run; further ones are counted and not recorded. Setting
 *     {@code limits.journalLogBytes}.
 */
public record RunLimits(long stepResultBytes, long logBytes) {
  public static final RunLimits DEFAULT = new RunLimits(1 << 20, 64 << 20);
}
