package dev.hearth.runtime.run;

import dev.hearth.runtime.settings.Setting;
import dev.hearth.runtime.settings.Settings;
import java.time.Duration;

/**
 * Which runs are kept. One goes only when both say so, so that neither a busy day nor a clock that
 * runs ahead takes away what somebody may still look for.
 *
 * @param keep how many of the latest that could go are kept in any case
 * @param keepFor how long each is kept in any case
 */
public record RunRetention(int keep, Duration keepFor) {
  public static RunRetention of(Settings settings) {
    return new RunRetention(
        Math.toIntExact(settings.get(Setting.RUNS_KEEP)), settings.get(Setting.RUNS_KEEP_FOR));
  }
}
