package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.command.Lines;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log of one container, line by line. One that is followed goes on where it broke off: when the
 * connection is lost, and when the container is started again. Used by one thread; {@link #close}
 * comes from any.
 */
final class LogSource implements AutoCloseable {
  private static final int LONGEST = 1 << 20;
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int AT_ONCE = 1000;

  private final ApiServer server;
  private final PodName pod;
  private final String container;
  private final Wish wish;
  private final byte[] chunk = new byte[1 << 14];
  private Lines lines = new Lines();
  private final Outage outage;
  private final Inflow inflow;
  private boolean ended;

  /** Whether its pod is or was there, so that one of which nobody knows has gone. */
  private boolean isKnown;

  private boolean finishing;
  private boolean grew;
  private String lastHalf = "";

  /**
   * When the last line was written, and how many lines were at that time: what is not told again.
   */
  private String last = "";

  private Instant lastInstant = Instant.MIN;

  private int atLast;
  private int again;

  /**
   * What is wanted of a log.
   *
   * @param since how far back; absent: all
   * @param sinceTime from when on; absent: all
   * @param tail how many of the last lines; absent: all
   * @param previous of the container before it was started again
   */
  record Wish(
      boolean follow,
      @Nullable Duration since,
      @Nullable String sinceTime,
      @Nullable Integer tail,
      boolean previous) {}

  /**
   * A line.
   *
   * @param time when it was written, as the node knows it; null for what the node itself says
   */
  record Line(String pod, String container, @Nullable String time, String text) {}

  /**
   * The log of a container.
   *
   * @param isKnown whether the pod was there just before
   */
  LogSource(ApiServer server, PodName pod, String container, Wish wish, boolean isKnown) {
    this.server = server;
    this.pod = pod;
    this.container = container;
    this.wish = wish;
    this.isKnown = isKnown;
    this.outage = wish.follow() ? Outage.ofStream(server) : Outage.ofCall(server);
    this.inflow = new Inflow(server, outage, ApiServer.PATIENT, this::call);
  }

  /** Those that came, at least one; null at the end. */
  @Nullable List<Line> next() throws InterruptedException {
    while (!ended && !inflow.isClosed()) {
      try {
        var came = read();
        if (!came.isEmpty()) {
          return came;
        }
      } catch (HearthException e) {
        boolean isGone = e.code() == KubernetesError.NOT_FOUND && isKnown;
        if (inflow.isClosed() || isGone) {
          ended = true;
        } else if (wish.follow() && isNotStarted(e)) {
          inflow.disconnect();
          server.clock().sleep(PAUSE);
        } else {
          inflow.sitOut(e);
        }
      }
    }
    return null;
  }

  /** Whether there is no log only because the container is still to be started. */
  private boolean isNotStarted(HearthException failure) {
    if (!Integer.valueOf(400).equals(failure.details().get("status"))) {
      return false;
    }
    var statuses =
        server
            .json(ApiCall.get(pod.path()).about(pod.toString()), outage)
            .path("status")
            .path("containerStatuses");
    for (var status : statuses) {
      if (status.path("name").asText().equals(container)) {
        return status.path("state").has("waiting") || isSaidToWait(failure);
      }
    }
    return statuses.isEmpty();
  }

  /** It waited when it was asked for its log, and may have been started since. */
  private static boolean isSaidToWait(HearthException failure) {
    return String.valueOf(failure.details().get("message")).contains("is waiting to start");
  }

  private List<Line> read() throws InterruptedException {
    if (!inflow.isOpen()) {
      again = last.isEmpty() ? 0 : atLast;
      lines = new Lines();
    }
    int count = inflow.read(chunk, 0);
    isKnown |= wish.follow();
    if (count < 0) {
      var half = lines.rest().orElse("");
      return inflow.isClosed() ? List.of() : wish.follow() ? brokeOff(half) : end(half);
    }
    var told = new ArrayList<>(told(lines.add(chunk, count)));
    while (told.size() < AT_ONCE && inflow.isMoreHere()) {
      told.addAll(told(lines.add(chunk, inflow.read(chunk, 0))));
    }
    return told;
  }

  private List<Line> end(String half) {
    ended = true;
    return half.isEmpty() ? List.of() : told(List.of(half));
  }

  /**
   * Kubelets end what is followed when the container ends, even where they have not sent, nor have
   * themselves, all of it, and perhaps in the middle of a line. So the end of a log is where
   * another look finds nothing more.
   */
  private List<Line> brokeOff(String half) throws InterruptedException {
    boolean isSame = !grew && half.equals(lastHalf);
    if (finishing && isSame) {
      return end(half);
    }
    lastHalf = half; // it is read again
    grew = false;
    finishing = finishing || !goesOn();
    server.clock().sleep(PAUSE);
    return List.of();
  }

  private ApiCall call() {
    boolean resumes = !last.isEmpty();
    return ApiCall.get(pod.path().then("log"))
        .accept("*/*")
        .about("the log of " + pod)
        .param("container", container)
        .param("timestamps", true)
        .param("follow", (wish.follow() && !finishing) ? true : null)
        .param("previous", wish.previous() ? true : null)
        .param("tailLines", resumes ? null : wish.tail())
        .param("sinceSeconds", resumes || wish.since() == null ? null : seconds(wish.since()))
        .param("sinceTime", resumes ? last : wish.sinceTime());
  }

  /** Whole ones, of which there is at least one. */
  private static long seconds(Duration time) {
    return Math.max(1, time.plusMillis(999).toSeconds());
  }

  /** Takes off the times, and what was told before the connection broke. */
  private List<Line> told(List<String> raw) {
    if (lines.openBytes() > LONGEST) {
      throw new HearthException(PodError.LINE_TOO_LONG, pod, LONGEST);
    }
    var told = new ArrayList<Line>();
    for (var line : raw) {
      int space = line.indexOf(' ');
      var time = space < 0 ? line : line.substring(0, space);
      var instant = instant(time);
      if (instant == null) {
        told.add(new Line(pod.name(), container, null, line)); // a word of the node's own
      } else if (!isOld(instant)) {
        atLast = instant.equals(lastInstant) ? atLast + 1 : 1;
        last = time;
        lastInstant = instant;
        grew = true;
        told.add(new Line(pod.name(), container, time, space < 0 ? "" : line.substring(space + 1)));
      }
    }
    return told;
  }

  /**
   * The server goes on from a time, with all that was written at that time or, in older ones, in
   * its second.
   */
  private boolean isOld(Instant time) {
    if (again == 0) {
      return false;
    }
    int order = time.compareTo(lastInstant);
    if (order > 0) {
      again = 0;
      return false;
    }
    again -= order == 0 ? 1 : 0;
    return true;
  }

  /** Null for what is no time: nodes write there, too, why they have no log. */
  private static @Nullable Instant instant(String time) {
    if (time.length() < 20 || time.charAt(10) != 'T') {
      return null;
    }
    try {
      return OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** Whether the container will write more; its log ends also when it is started again. */
  private boolean goesOn() {
    return server
        .find(ApiCall.get(pod.path()).about(pod.toString()), outage)
        .filter(LogSource::mayWrite)
        .isPresent();
  }

  /** Whether anything may be written by a pod, or to be written at all. */
  static boolean mayWrite(JsonNode pod) {
    var phase = pod.path("status").path("phase").asText();
    return !phase.equals("Succeeded") && !phase.equals("Failed");
  }

  @Override
  public void close() {
    inflow.close();
  }
}
