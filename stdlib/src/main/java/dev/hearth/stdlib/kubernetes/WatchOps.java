package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import dev.hearth.stdlib.json.FieldSelection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What happens to objects, as it happens, and waiting for what is to happen. */
final class WatchOps {
  private final Cluster cluster;

  WatchOps(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * What is watched.
   *
   * @param existing whether what is there is told first; null for yes
   * @param resourceVersion from where on; null for from now on
   * @param onGap {@code relist} or {@code fail}, where the cluster has forgotten what happened;
   *     null for the first, unless the watch begins somewhere in the past
   */
  record Watched(
      String kind,
      @Nullable String namespace,
      @Nullable Boolean allNamespaces,
      @Nullable JsonNode labels,
      @Nullable JsonNode fields,
      @Nullable List<String> select,
      @Nullable Boolean existing,
      @Nullable String resourceVersion,
      @Nullable String onGap) {
    private boolean relists() {
      return switch (onGap) {
        case null -> resourceVersion == null;
        case "relist" -> true;
        case "fail" -> false;
        default ->
            throw new HearthException(
                KubernetesError.OPTION_WRONG, "onGap", ApiPath.shown(onGap), "`relist`, `fail`");
      };
    }
  }

  @Op
  WatchStream watch(Watched request) {
    var kind = cluster.kinds().named(request.kind());
    if (!kind.verbs().contains("watch")) {
      throw new HearthException(KubernetesError.VERB_MISSING, "watch", kind.plural());
    }
    var namespace =
        Boolean.TRUE.equals(request.allNamespaces())
            ? ""
            : cluster.namespace(kind, request.namespace());
    var list =
        ApiCall.get(kind.path(namespace))
            .param("labelSelector", Selector.labels(request.labels()))
            .param("fieldSelector", Selector.fields(request.fields()))
            .about(kind.plural());
    var plan =
        new Watch.Plan(
            list,
            kind,
            !Boolean.FALSE.equals(request.existing()),
            Objects.requireNonNullElse(request.resourceVersion(), ""),
            request.relists());
    return new WatchStream(cluster.server(), plan, FieldSelection.of(request.select()));
  }

  /**
   * What is waited for.
   *
   * @param what {@code ready}, {@code deleted}, or a condition such as {@code Established} or
   *     {@code Available=False}
   * @param timeout null for five minutes
   */
  record Wait(
      String kind,
      String name,
      @Nullable String namespace,
      String what,
      @Nullable Duration timeout) {}

  /** The object as it is then; null when it is gone, as was wanted. */
  @Op
  @Nullable JsonNode waitFor(Wait request) {
    var waiting =
        Waiting.of(
            cluster,
            request.kind(),
            request.namespace(),
            request.name(),
            Patience.of(request.timeout()));
    if (request.what().equals("deleted")) {
      waiting.untilGone("");
      return null;
    }
    return ShownObject.of(waiting.until(Wish.of(request.what())));
  }

  /**
   * Something that was deleted.
   *
   * @param uid of it; another object of its name is another matter
   */
  record Gone(
      String kind,
      String name,
      @Nullable String namespace,
      String uid,
      @Nullable Duration timeout) {}

  @Op
  void waitGone(Gone request) {
    Waiting.of(
            cluster,
            request.kind(),
            request.namespace(),
            request.name(),
            Patience.of(request.timeout()))
        .untilGone(request.uid());
  }
}
