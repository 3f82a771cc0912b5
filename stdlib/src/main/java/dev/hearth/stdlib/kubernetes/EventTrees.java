package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a watch tells, as whole objects, for who looks at them in Java. */
final class EventTrees implements WatchListener {
  private List<Event> events = new ArrayList<>();

  /**
   * One thing that happened.
   *
   * @param type {@code ADDED}, {@code MODIFIED} or {@code DELETED}
   */
  record Event(String type, JsonNode object) {}

  @Override
  public ObjectIdentity hear(String type, JsonParser object) throws IOException {
    JsonNode tree = ApiServer.MAPPER.readTree(object);
    events.add(new Event(type, tree));
    return ObjectIdentity.of(tree);
  }

  @Override
  public boolean hasHeard() {
    return !events.isEmpty();
  }

  @Override
  public boolean isFull() {
    return hasHeard();
  }

  /** What was heard, once. */
  List<Event> take() {
    var taken = events;
    events = new ArrayList<>();
    return taken;
  }
}
