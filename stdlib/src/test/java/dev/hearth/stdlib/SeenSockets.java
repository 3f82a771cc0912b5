package dev.hearth.stdlib;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * What the JVM itself sees of sockets and processes while something runs: a library that goes
 * around the gate is seen as well.
 */
public final class SeenSockets implements AutoCloseable {
  private static final Pattern JDK = Pattern.compile("(java|javax|jdk|sun)[.].*");

  private final Recording recording = new Recording();

  /** Begins to look. */
  public SeenSockets() {
    for (var event : List.of("jdk.SocketRead", "jdk.SocketWrite")) {
      recording.enable(event).withThreshold(Duration.ZERO).withStackTrace();
    }
    recording.enable("jdk.ProcessStart").withStackTrace();
    recording.start();
  }

  /**
   * What was seen.
   *
   * @param peers of streams, as {@code host:port}, without those that came to a server of ours
   * @param beside contacts with the world that other code than Hearth's made by itself
   */
  public record Seen(List<String> peers, List<String> beside) {}

  /** Ends, and tells what was seen. */
  public Seen end() {
    recording.stop();
    Path file = null;
    try {
      file = Files.createTempFile("seen", ".jfr");
      recording.dump(file);
      var events = RecordingFile.readAllEvents(file);
      return new Seen(
          events.stream().flatMap(SeenSockets::peer).distinct().sorted().toList(),
          events.stream().filter(event -> !isOurs(event)).map(RecordedEvent::toString).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(file);
    }
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> peer(RecordedEvent event) {
    return event.hasField("port")
            && event.getInt("port") > 0
            && !event.getThread().getJavaName().startsWith("serve ")
        ? Stream.of(event.getString("address") + ":" + event.getInt("port"))
        : Stream.empty();
  }

  /** Whether the innermost code that is not the JDK's is ours: then it used one of our streams. */
  private static boolean isOurs(RecordedEvent event) {
    return frames(event)
        .filter(name -> !JDK.matcher(name).matches())
        .findFirst()
        .filter(name -> name.startsWith("dev.hearth."))
        .isPresent();
  }

  private static Stream<String> frames(RecordedEvent event) {
    return event.getStackTrace() == null
        ? Stream.empty()
        : event.getStackTrace().getFrames().stream()
            .map(frame -> frame.getMethod().getType().getName());
  }

  @Override
  public void close() {
    recording.close();
  }
}
