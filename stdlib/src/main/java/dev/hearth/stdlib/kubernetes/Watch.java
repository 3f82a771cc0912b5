package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NetError;
import dev.hearth.runtime.effect.http.HttpError;
import dev.hearth.runtime.effect.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the objects of a list, without a gap: it goes on where it broke off, and where
 * the server has forgotten that place, the list is read again and what changed meanwhile is told.
 * Used by one thread; {@link #close} comes from any.
 */
final class Watch implements AutoCloseable {
  private static final int CHUNK = 64 * 1024;
  private static final int LONGEST_LINE = 32 * 1024 * 1024;
  private static final int PAGE = 500;

  /** The server ends the watch by itself then, so that one whose peer is gone is noticed. */
  private static final int SECONDS = 290;

  private static final int RETRIES = 8;

  /** What may be over in a moment, as while an API server is replaced by another. */
  private static final Set<ErrorCode> PASSING =
      Set.of(
          HttpError.CONNECTION_LOST,
          HttpError.BODY_BROKE_OFF,
          HttpError.TIMEOUT,
          HttpError.BODY_STALLED,
          NetError.REFUSED,
          NetError.CONNECT_TIMEOUT,
          KubernetesError.SERVER_TIMEOUT,
          KubernetesError.TOO_MANY_REQUESTS);

  private final ApiServer server;
  private final ApiCall list;
  private final boolean existing;
  private final int seconds;
  private final Map<String, Seen> seen = new HashMap<>();
  private final Deque<Event> pending = new ArrayDeque<>();
  private final byte[] chunk = new byte[CHUNK];
  private ByteArrayOutputStream line = new ByteArrayOutputStream();
  private String version;
  private int failures;
  private boolean listed;
  private boolean ended;
  private volatile @Nullable HttpResponse answer;
  private volatile boolean closed;

  /**
   * One thing that happened.
   *
   * @param type {@code ADDED}, {@code MODIFIED} or {@code DELETED}
   */
  record Event(String type, JsonNode object) {}

  /** What is known of an object, to notice what happened while nobody watched. */
  private record Seen(String version, JsonNode identity) {}

  /**
   * A watch of a list.
   *
   * @param list the call that lists
   * @param existing whether what is there at the begin is told as {@code ADDED}
   * @param since what version the list is watched from; empty to begin with what is there
   */
  Watch(ApiServer server, ApiCall list, boolean existing, String since) {
    this(server, list, existing, since, SECONDS);
  }

  /**
   * The same, of which the server ends each part after some time.
   *
   * @param seconds how long it is at most until {@link #nextInTime} returns
   */
  Watch(ApiServer server, ApiCall list, boolean existing, String since, int seconds) {
    this.seconds = seconds;
    this.server = server;
    this.list = list;
    this.existing = existing;
    this.version = since;
  }

  /** Those that came, at least one; none at all when it was closed. */
  List<Event> next() throws InterruptedException {
    return take(false);
  }

  /** The same; none, too, when the server ended a watch whose time was over. */
  List<Event> nextInTime() throws InterruptedException {
    return take(true);
  }

  private List<Event> take(boolean inTime) throws InterruptedException {
    ended = false;
    while (pending.isEmpty() && !closed && !(inTime && ended)) {
      try {
        step();
        failures = 0;
      } catch (HearthException e) {
        recover(e);
      }
    }
    var events = List.copyOf(pending);
    pending.clear();
    return closed ? List.of() : events;
  }

  private void recover(HearthException failure) throws InterruptedException {
    disconnect();
    if (closed) {
      return;
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
    if (isGone(failure)) {
      version = "";
      return;
    }
    if (!PASSING.contains(failure.code()) || ++failures > RETRIES) {
      throw failure;
    }
    server.clock().sleep(Duration.ofMillis(Math.min(100L << failures, 10_000)));
  }

  private static boolean isGone(HearthException failure) {
    return Integer.valueOf(410).equals(failure.details().get("status"));
  }

  private void step() {
    if (version.isEmpty()) {
      readList();
      return;
    }
    var open = answer;
    if (open == null) {
      open =
          server.stream(
              list.param("watch", "true")
                  .param("resourceVersion", version)
                  .param("allowWatchBookmarks", "true")
                  .param("timeoutSeconds", seconds));
      answer = open;
      if (closed) {
        disconnect();
        return;
      }
    }
    try {
      int count = open.body().stream().read(chunk);
      if (count < 0) {
        disconnect(); // its time was over: the next one goes on
        ended = true;
      } else {
        lines(count);
      }
    } catch (IOException e) {
      throw new HearthException(HttpError.BODY_BROKE_OFF, "the watch of " + list.subject())
          .causedBy(e);
    }
  }

  private void lines(int count) {
    int begin = 0;
    for (int i = 0; i < count; i++) {
      if (chunk[i] == '\n') {
        line.write(chunk, begin, i - begin);
        begin = i + 1;
        var whole = line.toByteArray();
        line.reset();
        event(whole);
      }
    }
    line.write(chunk, begin, count - begin);
    if (line.size() > LONGEST_LINE) {
      throw new HearthException(
          KubernetesError.WATCH_BROKEN, list.subject(), "an event is larger than any object");
    }
  }

  private void event(byte[] text) {
    if (text.length == 0) {
      return;
    }
    var event = parse(text);
    var object = event.path("object");
    switch (event.path("type").asText()) {
      case "ADDED", "MODIFIED", "DELETED" -> happened(event.path("type").asText(), object);
      case "BOOKMARK" -> version = version(object);
      case "ERROR" -> throw new Refusals("").of(list, object, object.path("code").asInt(), 1);
      default -> {} // of a newer server, which knows that older clients pass over it
    }
  }

  private JsonNode parse(byte[] text) {
    try {
      var read = ApiServer.MAPPER.readTree(text);
      return read == null ? com.fasterxml.jackson.databind.node.MissingNode.getInstance() : read;
    } catch (JacksonException e) {
      throw new HearthException(KubernetesError.WATCH_BROKEN, list.subject(), "it is no JSON");
    } catch (IOException e) {
      throw new IllegalStateException("Reading from memory does not fail.", e);
    }
  }

  private void happened(String type, JsonNode object) {
    var now = version(object);
    if (!now.isEmpty()) {
      version = now;
    }
    var uid = object.path("metadata").path("uid").asText("");
    if (type.equals("DELETED")) {
      seen.remove(uid);
    } else {
      seen.put(uid, new Seen(now, identity(object)));
    }
    pending.add(new Event(type, object));
  }

  private static String version(JsonNode object) {
    return object.path("metadata").path("resourceVersion").asText("");
  }

  /** What names an object whose last state nobody saw. */
  private static JsonNode identity(JsonNode object) {
    var made = ApiServer.MAPPER.createObjectNode();
    made.put("apiVersion", object.path("apiVersion").asText(""));
    made.put("kind", object.path("kind").asText(""));
    var metadata = made.putObject("metadata");
    for (var field : List.of("name", "namespace", "uid")) {
      if (object.path("metadata").has(field)) {
        metadata.set(field, object.path("metadata").get(field));
      }
    }
    return made;
  }

  /** Reads the list, and tells what is new in it since it was known. */
  private void readList() {
    boolean isFirst = seen.isEmpty() && !listed;
    var now = new HashMap<String, Seen>();
    String token = null;
    var events = new ArrayList<Event>();
    String found = "";
    do {
      var page = server.json(list.param("limit", PAGE).param("continue", token));
      var kind = page.path("kind").asText("").replaceFirst("List$", "");
      for (var item : page.path("items")) {
        if (item instanceof ObjectNode object && !object.has("kind")) {
          object.put("apiVersion", page.path("apiVersion").asText("")).put("kind", kind);
        }
        var uid = item.path("metadata").path("uid").asText("");
        var version = version(item);
        now.put(uid, new Seen(version, identity(item)));
        var before = seen.get(uid);
        if (before == null) {
          events.add(new Event("ADDED", item));
        } else if (!before.version().equals(version)) {
          events.add(new Event("MODIFIED", item));
        }
      }
      found = version(page);
      token = page.path("metadata").path("continue").asText("");
      token = token.isEmpty() ? null : token;
    } while (token != null);
    seen.forEach(
        (uid, before) -> {
          if (!now.containsKey(uid)) {
            events.add(new Event("DELETED", before.identity()));
          }
        });
    if (!isFirst || existing) {
      pending.addAll(events);
    }
    listed = true;
    seen.clear();
    seen.putAll(now);
    version = found;
  }

  private void disconnect() {
    var open = answer;
    answer = null;
    line = new ByteArrayOutputStream();
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    var open = answer;
    if (open != null) {
      open.close();
    }
  }
}
