package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What containers write. */
final class LogOps {
  private final Cluster cluster;
  private final ApiServer server;

  LogOps(Cluster cluster) {
    this.cluster = cluster;
    this.server = cluster.server();
  }

  /**
   * Whose logs, and what of them.
   *
   * @param kind of the object that is named: a pod, or what makes pods
   * @param labels of the pods, where nothing is named
   * @param container absent: all of them
   */
  record Logs(
      @Nullable String kind,
      @Nullable String name,
      @Nullable String namespace,
      @Nullable JsonNode labels,
      @Nullable String container,
      @Nullable Boolean follow,
      @Nullable Duration since,
      @Nullable String sinceTime,
      @Nullable Integer tail,
      @Nullable Boolean previous) {
    /** Whether the pods are found, and need not be there any more when their logs are read. */
    private boolean isOfSeveral() {
      return name == null || !"Pod".equals(kind);
    }

    private LogSource.Wish wish() {
      return new LogSource.Wish(
          Boolean.TRUE.equals(follow), since, sinceTime, tail, Boolean.TRUE.equals(previous));
    }
  }

  @Op
  OpStream<List<LogSource.Line>> logs(Logs request) {
    return new LogStream(
        server, request.isOfSeveral() ? new Selected(request) : new OnePod(request));
  }

  private void add(JsonNode pod, Logs request, Map<String, Supplier<LogSource>> sources) {
    var name =
        new PodName(
            pod.path("metadata").path("namespace").asText(),
            pod.path("metadata").path("name").asText());
    for (var container : containers(pod, request)) {
      var key = pod.path("metadata").path("uid").asText() + "/" + container;
      sources.put(
          key, () -> new LogSource(server, name, container, request.wish(), request.isOfSeveral()));
    }
  }

  private static List<String> containers(JsonNode pod, Logs request) {
    return request.container() == null
        ? PodContainer.names(pod)
        : List.of(ApiPath.name(request.container(), "container"));
  }

  /** The containers of the pod that is named. */
  private final class OnePod implements LogStream.Pods {
    private final Logs request;

    private OnePod(Logs request) {
      this.request = request;
    }

    @Override
    public Map<String, Supplier<LogSource>> now(Outage outage) {
      var pod = PodName.of(server, request.namespace(), String.valueOf(request.name()));
      var object = server.json(ApiCall.get(pod.path()).about(pod.toString()), outage);
      if (request.container() != null) {
        PodContainer.requireKnown(pod, object, request.container());
      }
      var sources = new LinkedHashMap<String, Supplier<LogSource>>();
      add(object, request, sources);
      return sources;
    }

    @Override
    public boolean mayChange() {
      return false;
    }
  }

  /** The containers of all pods that are selected, or that a workload has. */
  private final class Selected implements LogStream.Pods {
    private final Logs request;
    private boolean anyMayWrite;
    private boolean anySeen;
    private @Nullable String selector;

    private Selected(Logs request) {
      this.request = request;
    }

    /** What makes the pods; empty when it has gone, and where labels select. */
    private Optional<JsonNode> workload(Outage outage) {
      if (request.name() == null) {
        return Optional.empty();
      }
      var kind = cluster.kinds().named(String.valueOf(request.kind()));
      var namespace = cluster.namespace(kind, request.namespace());
      var call =
          ApiCall.get(kind.path(namespace, request.name()))
              .about(kind.subject(namespace, request.name()));
      return selector == null ? Optional.of(server.json(call, outage)) : server.find(call, outage);
    }

    @Override
    public Map<String, Supplier<LogSource>> now(Outage outage) {
      var pods = cluster.kinds().of("v1", "Pod");
      var namespace = cluster.namespace(pods, request.namespace());
      var workload = workload(outage);
      if (workload.isPresent()) {
        selector = text(workload.get().path("spec").path("selector"));
      } else if (request.name() == null) {
        selector = Selector.labels(request.labels());
      }
      if (selector == null || selector.isEmpty()) {
        throw new HearthException(PodError.NOTHING_SELECTED);
      }
      var list = ApiCall.get(pods.path(namespace)).param("labelSelector", selector).about("pods");
      var sources = new LinkedHashMap<String, Supplier<LogSource>>();
      // Labels say nothing of what makes such pods: the first one is waited for.
      anyMayWrite =
          request.name() == null ? !anySeen : workload.filter(LogOps::makesMore).isPresent();
      for (var pod : server.items(list, outage)) {
        anySeen = true;
        anyMayWrite |= LogSource.mayWrite(pod);
        if (!pod.path("status").path("phase").asText().equals("Pending")) {
          add(pod, request, sources);
        }
      }
      return sources;
    }

    @Override
    public boolean mayChange() {
      return Boolean.TRUE.equals(request.follow()) && anyMayWrite;
    }
  }

  /** Whether a workload is to have pods, also where there is none for a moment. */
  private static boolean makesMore(JsonNode workload) {
    if (workload.path("metadata").has("deletionTimestamp")) {
      return false;
    }
    for (var condition : workload.path("status").path("conditions")) { // of a Job
      if (condition.path("type").asText().matches("Complete|Failed")
          && condition.path("status").asText().equals("True")) {
        return false;
      }
    }
    return workload.path("spec").path("replicas").asInt(1) > 0;
  }

  /** A selector of a workload, or a Service's labels, as the API takes it in a query. */
  static String text(JsonNode selector) {
    var terms = new ArrayList<String>();
    boolean hasForms = selector.has("matchLabels") || selector.has("matchExpressions");
    for (var label : (hasForms ? selector.path("matchLabels") : selector).properties()) {
      terms.add(label.getKey() + "=" + label.getValue().asText());
    }
    for (var expression : selector.path("matchExpressions")) {
      var key = expression.path("key").asText();
      var values = new ArrayList<String>();
      expression.path("values").forEach(value -> values.add(value.asText()));
      var list = "(" + String.join(",", values) + ")";
      terms.add(
          switch (expression.path("operator").asText()) {
            case "In" -> key + " in " + list;
            case "NotIn" -> key + " notin " + list;
            case "DoesNotExist" -> "!" + key;
            default -> key;
          });
    }
    return String.join(",", terms);
  }
}
