package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.command.Lines;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What a container of Distribution says. */
final class RegistryServerLog {
  private static final int CHUNK = 1 << 15;
  private static final int LAST = 20;
  private static final Pattern FATAL =
      Pattern.compile("(?i)level=(?:fatal|panic|error)|^(?:panic|fatal)|error");
  private static final Pattern WORDS = Pattern.compile("msg=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final Engine engine;

  RegistryServerLog(Engine engine) {
    this.engine = engine;
  }

  /**
   * Reads it line by line.
   *
   * @param since a time as the engine writes it; empty for all
   */
  void each(String id, String since, Consumer<String> line) {
    var call =
        EngineCall.get("/containers/{}/logs", id)
            .query("stdout", true)
            .query("stderr", true)
            .query("since", since.isEmpty() ? null : seconds(since))
            .about(DockerError.CONTAINER_NOT_FOUND, id);
    var out = new Lines();
    var err = new Lines();
    try (var answer = engine.stream(call)) {
      var frames = new Frames(answer.body().stream(), false, CHUNK);
      for (var piece = frames.next(); piece != null; piece = frames.next()) {
        (piece.isError() ? err : out).add(piece.bytes(), piece.length()).forEach(line);
      }
    } catch (IOException e) {
      throw new HearthException(
              Thread.currentThread().isInterrupted()
                  ? DockerError.INTERRUPTED
                  : DockerError.BROKE_OFF,
              call)
          .causedBy(e);
    }
    out.rest().ifPresent(line);
    err.rest().ifPresent(line);
  }

  /** Its last lines. */
  List<String> last(String id, String since) {
    var lines = new ArrayDeque<String>();
    each(
        id,
        since,
        line -> {
          if (!line.isBlank()) {
            lines.add(line.strip());
          }
          if (lines.size() > LAST) {
            lines.removeFirst();
          }
        });
    return List.copyOf(lines);
  }

  /** The line that tells why it ended, in its own words; it may show its usage behind that. */
  static String reason(List<String> lines) {
    var line =
        lines.reversed().stream()
            .filter(one -> FATAL.matcher(one).find())
            .findFirst()
            .orElse(lines.isEmpty() ? "it says nothing" : lines.getLast());
    var words = WORDS.matcher(line);
    var said = words.find() ? words.group(1).replaceAll("\\\\(.)", "$1") : line;
    return said.strip().replaceFirst("\\.$", "");
  }

  /** As the API takes times: seconds with their fraction; the engine's year 1 is never. */
  private static String seconds(String time) {
    var instant = Instant.parse(time);
    long seconds = Math.max(0, instant.getEpochSecond());
    return "%d.%09d".formatted(seconds, instant.getNano());
  }
}
