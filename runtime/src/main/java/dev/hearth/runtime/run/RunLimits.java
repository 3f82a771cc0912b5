package dev.hearth.runtime.run;

import dev.hearth.runtime.settings.Setting;
import dev.hearth.runtime.settings.Settings;

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

  /** Those that are set. */
  public static RunLimits of(Settings settings) {
    return new RunLimits(
        settings.get(Setting.STEP_RESULT_BYTES), settings.get(Setting.JOURNAL_LOG_BYTES));
  }
}
