package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.spi.OpStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of one task, page by page, up to what there is or up to the end of the task. */
final class TaskLog implements OpStream<TaskLog.Line> {
  private static final int PAGE = 500;
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(3);

  private final ProxmoxConnection connection;
  private final Upid upid;
  private final boolean follow;
  private final Deque<Line> ready = new ArrayDeque<>();
  private Duration pause = FIRST;
  private long read;
  private boolean ended;

  /**
   * One line, with Proxmox's own names.
   *
   * @param n its number, from 1
   * @param t its text
   */
  record Line(long n, String t) {}

  TaskLog(ProxmoxConnection connection, Upid upid, boolean follow) {
    this.connection = connection;
    this.upid = upid;
    this.follow = follow;
  }

  @Override
  public @Nullable Line next() {
    while (ready.isEmpty() && !ended) {
      // Asked first, so that lines written between the two are not lost.
      boolean over = !follow || !isRunning();
      ready.addAll(more());
      if (!ready.isEmpty()) {
        pause = FIRST;
      } else if (over) {
        ended = true;
      } else {
        Patience.sleep(connection.clock(), pause, upid);
        pause = Patience.shorter(pause.multipliedBy(2), LONGEST);
      }
    }
    return ready.poll();
  }

  private boolean isRunning() {
    return Task.of(connection.data(new ApiCall("GET", upid.path().then("status"), none()))).runs();
  }

  /** What was written since it was last asked, a page at most. */
  List<Line> more() {
    var params = none().put("start", read).put("limit", PAGE);
    var lines = new ArrayList<Line>();
    for (JsonNode line : connection.data(new ApiCall("GET", upid.path().then("log"), params))) {
      long n = line.path("n").asLong();
      boolean placeholder = n == 1 && line.path("t").asText().equals("no content");
      if (n > read && !placeholder) {
        lines.add(new Line(n, line.path("t").asText()));
        read = n;
      }
    }
    return lines;
  }

  private static ObjectNode none() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void close() {
    ready.clear();
  }
}
