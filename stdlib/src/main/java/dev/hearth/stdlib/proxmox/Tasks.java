package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.OpContext.Log.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tasks of one Proxmox VE: work that goes on after the answer. */
final class Tasks {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
  private static final int LINES_OF_A_FAILURE = 20;
  private static final int LINES_OF_A_HINT = 3;

  /** Whose log is not read when it ends well before: nobody waits for what it says. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  /** How long a task that was stopped may take to clean up after itself. */
  private static final Duration LAST_BREATH = Duration.ofMinutes(1);

  /** How long a server may still be at a call whose answer was lost. */
  private static final Duration LATE = Duration.ofSeconds(1);

  /** Long enough for any image over any line; a run's own time limit ends it sooner. */
  static final Duration DEFAULT_LIMIT = Duration.ofHours(6);

  private final ProxmoxConnection connection;

  Tasks(ProxmoxConnection connection) {
    this.connection = connection;
  }

  JsonNode status(Upid upid) {
    return connection.data(call("GET", upid.path().then("status")));
  }

  TaskLog log(Upid upid, boolean follow) {
    return new TaskLog(connection, upid, follow);
  }

  /** Ends a task; one that has ended stays as it is. */
  void stop(Upid upid) {
    connection.data(call("DELETE", upid.path()));
  }

  /** Work to its end, or the id of its task when nobody waits: {@code awaited} is false. */
  JsonNode run(ApiCall call, @Nullable Boolean awaited) {
    return Boolean.FALSE.equals(awaited) ? connection.data(call) : run(call);
  }

  /**
   * Does work to its end: sends the call, and waits for the task that it began, if it began one. A
   * task that fell over somebody else's lock did nothing, so it is begun again.
   *
   * @return the task's status; what was answered when there was no task
   */
  JsonNode run(ApiCall call) {
    var patience = new Patience(connection.clock(), connection.log(), call);
    for (boolean again = false; ; again = true) {
      try (var passage = connection.lanes().enter(call, connection.teller(), again)) {
        var words = attempt(call, passage);
        if (words.outcome() != null) {
          passage.succeeded();
          return words.outcome();
        }
        passage.contended(words.lock());
        if (patience.isOver()) {
          throw patience.exhausted(words.lock());
        }
        patience.expect(words.lock());
      }
      patience.pause();
    }
  }

  /**
   * What became of a call.
   *
   * @param outcome the task's status, or what was answered; null when a lock was lost
   * @param lock what was said of the lock
   */
  private record Attempt(@Nullable JsonNode outcome, String lock) {}

  private Attempt attempt(ApiCall call, Lanes.Passage passage) {
    var data = connection.data(call, passage::contended);
    var upid = Upid.in(data);
    if (upid.isEmpty()) {
      return new Attempt(data, "");
    }
    var ended = awaitOwn(upid.get(), passage);
    if (ended.isGood()) {
      return new Attempt(ended.status(), "");
    }
    if (!KnownWords.isContention(ended.exit())) {
      throw failure(upid.get(), ended);
    }
    return new Attempt(null, ended.exit());
  }

  /** A task that this run began: when the run is stopped, the task is stopped with it. */
  private Task awaitOwn(Upid upid, Lanes.Passage passage) {
    connection.events().tell("task-started", facts(upid));
    try {
      var task = ended(upid, DEFAULT_LIMIT, passage::heard);
      var facts = facts(upid);
      facts.put("exitStatus", task.exit());
      facts.put("ok", task.isGood());
      connection.events().tell("task-finished", facts);
      return task;
    } catch (HearthException e) {
      if (e.kind() == ErrorKind.INTERRUPTED) {
        stopInterrupted(upid);
      }
      throw e;
    }
  }

  private static Map<String, Object> facts(Upid upid) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("upid", upid.text());
    facts.put("node", upid.node());
    facts.put("type", upid.type());
    return facts;
  }

  /** Stops a task and sees it end, so that whoever cleans up afterwards does not race with it. */
  private void stopInterrupted(Upid upid) {
    boolean interrupted = Thread.interrupted(); // or the request would end before it began
    try {
      stop(upid);
      ended(upid, LAST_BREATH);
    } catch (HearthException e) {
      connection
          .log()
          .write(
              Level.WARN,
              "the task goes on, it could not be stopped: " + e.sentence(),
              Map.of("upid", upid.text()));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Waits until none of this connection's own tasks of a type runs any more, also of calls whose
   * answer was lost.
   *
   * @param id what it is about, such as the number of a VM; null for anything
   */
  void settle(String node, String type, @Nullable String id) {
    for (int look = 1; look <= 2; look++) {
      for (var task : own(node, type, id)) {
        ended(task, DEFAULT_LIMIT);
      }
      if (look == 1) {
        Patience.sleep(connection.clock(), LATE, "task " + type);
      }
    }
  }

  /**
   * Waits for the newest task of a type about a guest, of which Proxmox does not tell; fails with
   * it.
   */
  void awaitLatest(String node, String type, long vmid) {
    var call =
        ApiCall.get("nodes", node, "tasks")
            .with(params -> params.put("source", "all").put("typefilter", type))
            .with(params -> params.put("vmid", vmid).put("limit", 1));
    for (var task : connection.data(call)) {
      await(Upid.parse(task.path("upid").asText()), DEFAULT_LIMIT);
    }
  }

  private List<Upid> own(String node, String type, @Nullable String id) {
    var call =
        ApiCall.get("nodes", node, "tasks")
            .with(params -> params.put("source", "active").put("typefilter", type));
    var me = connection.identity().name();
    return connection
        .data(call)
        .valueStream()
        .filter(task -> id == null || task.path("id").asText().equals(id))
        .filter(task -> me.equals(starter(task)))
        .map(task -> Upid.parse(task.path("upid").asText()))
        .toList();
  }

  private static String starter(JsonNode task) {
    var user = task.path("user").asText();
    return task.hasNonNull("tokenid") ? user + "!" + task.path("tokenid").asText() : user;
  }

  /** Waits for any task; fails when it failed. */
  JsonNode await(Upid upid, Duration limit) {
    var task = ended(upid, limit);
    if (!task.isGood()) {
      throw failure(upid, task);
    }
    return task.status();
  }

  private Task ended(Upid upid, Duration limit) {
    return ended(upid, limit, line -> {});
  }

  private Task ended(Upid upid, Duration limit, Consumer<String> heard) {
    var clock = connection.clock();
    var log = log(upid, false);
    long began = clock.nanoTime();
    var pause = FIRST_PAUSE;
    var task = Task.of(status(upid));
    while (task.runs()) {
      if (clock.nanoTime() - began > limit.toNanos()) {
        throw new HearthException(ProxmoxError.TASK_TIMEOUT, upid.type(), limit.toSeconds() + " s")
            .with("upid", upid.text());
      }
      Patience.sleep(clock, pause, "task " + upid.type());
      pause = Patience.shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      task = Task.of(status(upid));
      if (isLong(began)) {
        tell(upid, log, heard);
      }
    }
    if (isLong(began) || !task.isGood() || task.hasWarnings()) {
      tell(upid, log, heard);
    }
    if (task.hasWarnings()) {
      connection
          .log()
          .write(
              Level.WARN,
              "task " + upid.type() + " ended with " + task.exit(),
              Map.of("upid", upid.text()));
    }
    return task;
  }

  private boolean isLong(long began) {
    return connection.clock().nanoTime() - began > SHORT.toNanos();
  }

  private void tell(Upid upid, TaskLog log, Consumer<String> heard) {
    for (var line : log.more()) {
      heard.accept(line.t());
      connection.log().write(Level.DEBUG, line.t(), Map.of("task", upid.type()));
    }
  }

  private HearthException failure(Upid upid, Task task) {
    var lines = lastLines(upid);
    var error = KnownWords.failure(task.exit()).orElseGet(() -> unknownFailure(upid, task, lines));
    return error.with("upid", upid.text()).with("exitStatus", task.exit()).with("log", lines);
  }

  /** What the task wrote last says more than its exit status, such as why a download failed. */
  private static HearthException unknownFailure(Upid upid, Task task, List<String> lines) {
    var why = task.exit().replaceFirst("\\.$", "");
    var error = new HearthException(ProxmoxError.TASK_FAILED, upid.type(), about(task), why);
    var telling =
        lines.stream().filter(line -> !line.isBlank() && !line.contains(task.exit())).toList();
    var last = telling.subList(Math.max(0, telling.size() - LINES_OF_A_HINT), telling.size());
    return last.isEmpty()
        ? error
        : error.hint("Read what the task wrote last:\n  " + String.join("\n  ", last));
  }

  private static String about(Task task) {
    var id = task.status().path("id").asText("");
    var node = "node " + task.status().path("node").asText("?");
    return id.isEmpty() ? node : "`" + id + "` on " + node;
  }

  private List<String> lastLines(Upid upid) {
    var lines = new ArrayList<String>();
    try {
      var log = log(upid, false);
      for (var line = log.next(); line != null; line = log.next()) {
        lines.add(line.t());
      }
    } catch (HearthException e) {
      lines.add("(the log could not be read: " + e.sentence() + ")");
    }
    return lines.subList(Math.max(0, lines.size() - LINES_OF_A_FAILURE), lines.size());
  }

  private static ApiCall call(String method, ApiPath path) {
    return new ApiCall(method, path, JsonNodeFactory.instance.objectNode());
  }
}
