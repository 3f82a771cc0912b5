package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.spi.Op;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the cluster noted of an object. It forgets that after an hour, mostly. */
final class EventOps {
  private final Cluster cluster;

  EventOps(Cluster cluster) {
    this.cluster = cluster;
  }

  record Of(String kind, String name, @Nullable String namespace) {}

  /**
   * Something that was noted.
   *
   * @param type {@code Normal} or {@code Warning}
   * @param count how often
   * @param source who noted it
   */
  record Noted(
      String type,
      String reason,
      String message,
      long count,
      String first,
      String last,
      String source) {}

  /** The latest last. */
  @Op
  List<Noted> events(Of request) {
    var kind = cluster.kinds().named(request.kind());
    var place = cluster.namespace(kind, request.namespace());
    var list =
        ApiCall.get(
                ApiPath.of(
                    "api", "v1", "namespaces", place.isEmpty() ? "default" : place, "events"))
            .param(
                "fieldSelector",
                "involvedObject.kind="
                    + kind.kind()
                    + ",involvedObject.name="
                    + ApiPath.name(request.name(), "name"))
            .about("events");
    var all = new ArrayList<Noted>();
    for (var event : cluster.server().items(list)) {
      all.add(noted(event));
    }
    all.sort(Comparator.comparing(Noted::last));
    return all;
  }

  private static Noted noted(JsonNode event) {
    var made = event.path("metadata").path("creationTimestamp").asText("");
    var series = event.path("series");
    return new Noted(
        event.path("type").asText(""),
        event.path("reason").asText(""),
        event.path("message").asText("").strip(),
        Math.max(1, series.path("count").asLong(event.path("count").asLong(1))),
        said(event.path("firstTimestamp"), event.path("eventTime"), made),
        said(event.path("lastTimestamp"), series.path("lastObservedTime"), made),
        Stream.of(
                event.path("source").path("component").asText(""),
                event.path("reportingComponent").asText(""))
            .filter(name -> !name.isEmpty())
            .findFirst()
            .orElse(""));
  }

  /** Events of different ages of Kubernetes say it in different fields. */
  private static String said(JsonNode first, JsonNode second, String otherwise) {
    if (first.isTextual()) {
      return first.asText();
    }
    return second.isTextual() ? second.asText() : otherwise;
  }
}
