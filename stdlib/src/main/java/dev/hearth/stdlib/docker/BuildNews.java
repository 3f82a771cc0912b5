package dev.hearth.stdlib.docker;

import org.jspecify.annotations.Nullable;

/**
 * What a build tells.
 *
 * @param kind {@code step}, {@code log}, {@code transfer} or {@code warning}
 * @param step the step it is about, as the builder shows it: {@code [2/3] RUN make}
 * @param state of a step: {@code running}, {@code done}, {@code cached} or {@code failed}
 * @param text a line of a log or a warning, or why a step failed
 */
record BuildNews(
    String kind,
    @Nullable String step,
    @Nullable String state,
    @Nullable String text,
    @Nullable Long currentBytes,
    @Nullable Long totalBytes) {

  static BuildNews step(String name, String state, @Nullable String why) {
    return new BuildNews("step", name, state, why, null, null);
  }

  static BuildNews log(@Nullable String step, String line) {
    return new BuildNews("log", step, null, line, null, null);
  }

  static BuildNews warning(@Nullable String step, String text) {
    return new BuildNews("warning", step, null, text, null, null);
  }

  static BuildNews transfer(String what, long currentBytes, @Nullable Long totalBytes) {
    return new BuildNews("transfer", what, null, null, currentBytes, totalBytes);
  }

  /** The same, of a build for one of several platforms. */
  BuildNews of(String platform) {
    var shown = step == null ? platform : platform + " " + step;
    return new BuildNews(kind, shown, state, text, currentBytes, totalBytes);
  }
}
