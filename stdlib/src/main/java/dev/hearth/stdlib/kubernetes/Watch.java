package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.http.HttpError;
import dev.hearth.runtime.effect.http.Timeouts;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
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

  /** The server ends the watch by itself then, so that one whose peer is gone is noticed. */
  private static final int SECONDS = 290;

  private final ApiServer server;
  private final Plan plan;
  private final WatchListener listener;
  private final Outage outage;
  private final Inflow inflow;
  private final Map<String, ObjectIdentity> seen = new HashMap<>(); // by UID
  private byte[] buffer = new byte[CHUNK];
  private int filled;
  private String version;
  private boolean ended;
  private @Nullable HearthException failure;

  /** The list while it is read, a page at a time. */
  private Set<String> present = new HashSet<>();

  private @Nullable String nextPage;
  private int restarts;
  private boolean listed;

  /**
   * What is watched, and how.
   *
   * @param list the call that lists
   * @param existing whether what is there at the begin is told as {@code ADDED}
   * @param since what version the list is watched from; empty to begin with what is there
   * @param relists whether the list is read again where the server has forgotten what happened
   *     since; else that is a failure
   * @param seconds how long it is at most until {@link #listenInTime} returns
   */
  record Plan(
      ApiCall list,
      ResourceKind kind,
      boolean existing,
      String since,
      boolean relists,
      int seconds) {
    Plan(ApiCall list, ResourceKind kind, boolean existing, String since, boolean relists) {
      this(list, kind, existing, since, relists, SECONDS);
    }
  }

  Watch(ApiServer server, Plan plan, Outage outage, WatchListener listener) {
    this.server = server;
    this.plan = plan;
    this.listener = listener;
    this.outage = outage;
    this.version = plan.since();
    this.listed = !plan.since().isEmpty();
    this.inflow = new Inflow(server, outage, patience(plan.seconds()), this::call);
  }

  /** A little longer than the server takes to end it. */
  private static Timeouts patience(int seconds) {
    return ApiServer.PATIENT.read(Duration.ofSeconds(seconds + 10L));
  }

  private ApiCall call() {
    return plan.list()
        .param("watch", "true")
        .param("resourceVersion", version)
        .param("allowWatchBookmarks", "true")
        .param("timeoutSeconds", plan.seconds());
  }

  /** Has the listener hear what came, at least one thing; false when it was closed. */
  boolean listen() throws InterruptedException {
    return listen(false);
  }

  /** The same; it hears perhaps nothing when the time was over. */
  boolean listenInTime() throws InterruptedException {
    return listen(true);
  }

  private boolean listen(boolean inTime) throws InterruptedException {
    ended = false;
    while (!listener.hasHeard() && !inflow.isClosed() && !(inTime && ended)) {
      recover();
      try {
        step();
        while (inflow.isMoreHere() && !listener.isFull()) {
          step();
        }
      } catch (HearthException e) {
        failure = e; // what came before it is told first
        ended = inTime && e.code() == HttpError.BODY_STALLED;
      }
    }
    return !inflow.isClosed();
  }

  private void recover() throws InterruptedException {
    var broken = failure;
    failure = null;
    if (broken == null) {
      return;
    }
    filled = 0; // half an event is told again
    if (ApiServer.isExpired(broken)) {
      inflow.disconnect();
      forgotten(broken);
    } else {
      inflow.sitOut(broken);
    }
  }

  private void forgotten(HearthException expired) {
    boolean isList = version.isEmpty();
    if (isList && restarts++ == ApiServer.RESTARTS) {
      throw new HearthException(KubernetesError.LIST_EXPIRED, plan.kind().plural())
          .causedBy(expired);
    }
    if (!isList && !plan.relists()) {
      throw new HearthException(KubernetesError.WATCH_EXPIRED, plan.list().subject(), version)
          .causedBy(expired);
    }
    version = "";
    nextPage = null;
    present = new HashSet<>();
  }

  private void step() {
    if (version.isEmpty()) {
      page();
      return;
    }
    if (filled == buffer.length) {
      if (filled >= LONGEST_LINE) {
        throw broken("an event is larger than any object");
      }
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int count = inflow.read(buffer, filled);
    if (count < 0) {
      filled = 0;
      ended = true;
      if (inflow.wasNothing()) { // asked again at once, that would go on for ever
        throw new HearthException(HttpError.BODY_BROKE_OFF, "the watch of " + plan.kind().plural());
      }
      return;
    }
    lines(count);
  }

  private void lines(int count) {
    int begin = 0;
    int end = filled + count;
    for (int i = filled; i < end; i++) {
      if (buffer[i] == '\n') {
        if (i > begin) {
          event(begin, i - begin);
        }
        begin = i + 1;
      }
    }
    filled = end - begin;
    System.arraycopy(buffer, begin, buffer, 0, filled);
    if (filled == 0 && buffer.length > CHUNK) {
      buffer = new byte[CHUNK];
    }
  }

  private void event(int begin, int length) {
    try (var parser = ApiServer.MAPPER.createParser(buffer, begin, length)) {
      event(parser);
    } catch (JacksonException e) {
      throw broken("it is no JSON");
    } catch (IOException e) {
      throw new IllegalStateException("Reading from memory does not fail.", e);
    }
  }

  private HearthException broken(String why) {
    return new HearthException(KubernetesError.WATCH_BROKEN, plan.list().subject(), why);
  }

  /** Servers say what it is before the object, which then need not be held. */
  private void event(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw broken("it is no event");
    }
    var type = "";
    JsonNode object = MissingNode.getInstance();
    boolean isTold = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      parser.nextToken();
      if (name.equals("type")) {
        type = parser.getText();
      } else if (!name.equals("object")) {
        parser.skipChildren();
      } else if (isChange(type) && parser.currentToken() == JsonToken.START_OBJECT) {
        told(type, listener.hear(type, parser));
        isTold = true;
      } else {
        object = ApiServer.MAPPER.readTree(parser);
      }
    }
    if (!isTold) {
      unusual(type, object);
    }
  }

  private static boolean isChange(String type) {
    return switch (type) {
      case "ADDED", "MODIFIED", "DELETED" -> true;
      default -> false;
    };
  }

  private void unusual(String type, JsonNode object) throws IOException {
    switch (type) {
      case "BOOKMARK" -> version = ObjectIdentity.of(object).version();
      case "ERROR" ->
          throw new Refusals("").of(plan.list(), object, object.path("code").asInt(), 1);
      default -> {
        if (isChange(type) && object.isObject()) {
          told(type, tell(type, object));
        } // others are of a newer server, which knows that older clients pass over them
      }
    }
  }

  private ObjectIdentity tell(String type, JsonNode object) throws IOException {
    try (var tokens = ApiServer.MAPPER.treeAsTokens(object)) {
      tokens.nextToken();
      return listener.hear(type, tokens);
    }
  }

  private void told(String type, ObjectIdentity object) {
    if (!object.version().isEmpty()) {
      version = object.version();
    }
    if (!plan.relists()) {
      return; // nobody will ask what was there
    }
    if (type.equals("DELETED")) {
      seen.remove(object.uid());
    } else {
      seen.put(object.uid(), object);
    }
  }

  /** Reads a page of the list, and tells what is new in it since it was known. */
  private void page() {
    var call = plan.list().param("limit", ApiServer.PAGE).param("continue", nextPage);
    var metadata =
        server.read(
            call,
            ListPage.BYTES,
            outage,
            parser -> ListPage.read(call, parser, item -> item(ApiServer.MAPPER.readTree(item))));
    nextPage = metadata.path("continue").asText("");
    if (!nextPage.isEmpty()) {
      return;
    }
    nextPage = null;
    try {
      for (var before : seen.values().stream().toList()) {
        if (!present.contains(before.uid())) {
          seen.remove(before.uid());
          var _ = tell("DELETED", before.bare());
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("Reading from memory does not fail.", e);
    }
    present = new HashSet<>();
    listed = true;
    restarts = 0;
    version = metadata.path("resourceVersion").asText("");
    if (version.isEmpty()) {
      throw broken("its list has no version");
    }
  }

  private void item(JsonNode item) throws IOException {
    if (item instanceof ObjectNode object && !object.has("kind")) {
      object.put("apiVersion", plan.kind().apiVersion()).put("kind", plan.kind().kind());
    }
    var now = ObjectIdentity.of(item);
    var before = seen.get(now.uid());
    present.add(now.uid());
    if (before != null && before.version().equals(now.version())) {
      return;
    }
    if (listed || plan.existing()) {
      var _ = tell(before == null ? "ADDED" : "MODIFIED", item);
    }
    seen.put(now.uid(), now);
  }

  @Override
  public void close() {
    inflow.close();
  }
}
