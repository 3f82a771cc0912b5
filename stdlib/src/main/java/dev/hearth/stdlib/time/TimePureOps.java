package dev.hearth.stdlib.time;

import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.spi.Op;
import java.time.Duration;

/** Durations as people write and read them. */
final class TimePureOps {
  record Length(Duration duration) {}

  @Op(pure = true)
  long milliseconds(Length request) {
    return request.duration().toMillis();
  }

  record Milliseconds(long value) {}

  @Op(pure = true)
  String format(Milliseconds request) {
    return DurationText.format(Duration.ofMillis(request.value()));
  }
}
