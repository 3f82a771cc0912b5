package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What keeps something from becoming ready: what its pods, their containers and its events say. */
final class Diagnosis {
  private static final int PODS = 20;
  private static final int REASONS = 3;
  private static final int LOG_LINES = 10;
  private static final int LOG_BYTES = 64 * 1024;

  /** What does not mend itself. */
  private static final Set<String> HOPELESS =
      Set.of("ErrImageNeverPull", "InvalidImageName", "ErrInvalidImageName");

  private static final Set<String> OF_PODS =
      Set.of(
          "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "ReplicationController");

  private final Cluster cluster;
  private final ResourceKind kind;
  private final JsonNode object;
  private final Outage outage;
  private final Set<String> reasons = new LinkedHashSet<>();
  private final Map<String, List<String>> logs = new LinkedHashMap<>();
  private boolean hopeless;
  private boolean looked;

  Diagnosis(Cluster cluster, ResourceKind kind, JsonNode object, Outage outage) {
    this.outage = outage;
    this.cluster = cluster;
    this.kind = kind;
    this.object = object;
  }

  /** Whether waiting is in vain. */
  boolean isHopeless() {
    look();
    return hopeless;
  }

  /** A failure with the reasons in its sentence, and events and logs in its details. */
  HearthException told(Function<String, HearthException> failure) {
    look();
    var events = events();
    var all = new LinkedHashSet<>(reasons);
    if (all.isEmpty()) {
      events.stream().limit(1).forEach(event -> all.add(event.reason() + ": " + event.message()));
    }
    var words = all.stream().limit(REASONS).collect(Collectors.joining("; "));
    var told = failure.apply(words);
    if (!events.isEmpty()) {
      told = told.with("events", events);
    }
    return logs.isEmpty() ? told : told.with("log", logs);
  }

  private void look() {
    if (looked || object.isMissingNode()) {
      return;
    }
    looked = true;
    try {
      if (kind.kind().equals("Pod")) {
        pod(object);
      } else if (OF_PODS.contains(kind.kind())) {
        var all = pods();
        var current = all.stream().filter(this::isCurrent).toList();
        (current.isEmpty() ? all : current).forEach(this::pod);
        hopeless &= !current.isEmpty(); // what is wanted now may still do well
      }
    } catch (HearthException e) {
      if (Outage.passes(cluster.server(), e)) {
        return; // what is waited for may still do well
      }
      if (e.code() != KubernetesError.FORBIDDEN && e.code() != KubernetesError.NOT_FOUND) {
        throw e;
      }
      reasons.add("its pods may not be looked at");
    }
  }

  private String namespace() {
    return object.path("metadata").path("namespace").asText("");
  }

  private List<JsonNode> pods() {
    var terms = new ArrayList<String>();
    var selector = object.path("spec").path("selector");
    var labels = selector.has("matchLabels") ? selector.path("matchLabels") : selector;
    for (var label : labels.properties()) {
      if (label.getValue().isTextual()) {
        terms.add(label.getKey() + "=" + label.getValue().asText());
      }
    }
    if (terms.isEmpty()) {
      return List.of();
    }
    var list =
        cluster
            .server()
            .json(
                ApiCall.get(cluster.kinds().of("v1", "Pod").path(namespace()))
                    .param("labelSelector", String.join(",", terms))
                    .param("limit", PODS)
                    .about("pods"),
                outage);
    var found = new ArrayList<JsonNode>();
    list.path("items").forEach(found::add);
    return found;
  }

  /**
   * Whether a pod runs the images that are wanted now; those of before say nothing of what is to
   * come.
   */
  private boolean isCurrent(JsonNode pod) {
    var images = new HashMap<String, String>();
    for (var container : pod.path("spec").path("containers")) {
      images.put(container.path("name").asText(), container.path("image").asText());
    }
    for (var wanted : object.path("spec").path("template").path("spec").path("containers")) {
      if (!wanted.path("image").asText().equals(images.get(wanted.path("name").asText()))) {
        return false;
      }
    }
    return true;
  }

  private void pod(JsonNode pod) {
    var name = pod.path("metadata").path("name").asText("");
    if (pod.path("metadata").has("deletionTimestamp")) {
      return;
    }
    for (var condition : pod.path("status").path("conditions")) {
      if (condition.path("type").asText().equals("PodScheduled")
          && condition.path("status").asText().equals("False")) {
        reasons.add("pod `" + name + "` finds no node: " + words(condition.path("message")));
      }
    }
    for (var field : List.of("initContainerStatuses", "containerStatuses")) {
      for (var container : pod.path("status").path(field)) {
        container(pod, name, container);
      }
    }
  }

  private void container(JsonNode pod, String name, JsonNode container) {
    var which = "container `" + container.path("name").asText() + "` of pod `" + name + "`";
    var waiting = container.path("state").path("waiting");
    var reason = waiting.path("reason").asText("");
    var last = container.path("lastState").path("terminated");
    var ended = container.path("state").path("terminated");
    hopeless |= HOPELESS.contains(reason);
    switch (reason) {
      case "ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName" ->
          reasons.add(
              "the image `%s` of %s cannot be had: %s"
                  .formatted(
                      container.path("image").asText(),
                      which,
                      waiting.path("message").isTextual()
                          ? words(waiting.path("message"))
                          : reason));
      case "CrashLoopBackOff" -> {
        reasons.add(
            which
                + " ends again and again, last with status "
                + last.path("exitCode").asInt()
                + (last.path("reason").asText("").equals("OOMKilled") ? ", out of memory" : ""));
        log(pod, container, true);
      }
      case "", "ContainerCreating", "PodInitializing" -> {
        if (ended.path("exitCode").asInt() != 0) {
          reasons.add(which + " ended with status " + ended.path("exitCode").asInt());
          log(pod, container, false);
        } else if (container.path("state").has("running")
            && !container.path("ready").asBoolean(true)) {
          reasons.add(which + " runs and is not ready" + probe(name));
        } else if (last.path("exitCode").asInt() != 0) {
          reasons.add(
              which + " was started again; before it ended with status " + last.path("exitCode"));
          log(pod, container, true);
        }
      }
      default -> reasons.add(which + " waits: " + reason + ", " + words(waiting.path("message")));
    }
  }

  /** What the probe of a pod said last. */
  private String probe(String pod) {
    return eventsOf("Pod", pod).stream()
        .filter(event -> event.reason().equals("Unhealthy"))
        .reduce((first, second) -> second)
        .map(event -> ": " + event.message())
        .orElse("");
  }

  private void log(JsonNode pod, JsonNode container, boolean previous) {
    var name = pod.path("metadata").path("name").asText();
    if (logs.containsKey(name)) {
      return;
    }
    var call =
        ApiCall.get(
                cluster
                    .kinds()
                    .of("v1", "Pod")
                    .path(pod.path("metadata").path("namespace").asText(), name)
                    .then("log"))
            .param("container", container.path("name").asText())
            .param("previous", previous ? "true" : null)
            .param("tailLines", LOG_LINES)
            .accept("*/*")
            .about("the log of pod `" + name + "`");
    try (HttpResponse answer = cluster.server().stream(call, outage, ApiServer.PATIENT)) {
      logs.put(name, answer.body().excerpt(LOG_BYTES).lines().toList());
    } catch (HearthException e) {
      logs.put(name, List.of("(it cannot be read: " + e.sentence() + ")"));
    }
  }

  /** Something that the cluster noted. */
  record Noted(String type, String reason, String message, int count) {}

  /** Warnings about the object, and about what makes its pods; the latest last. */
  private List<Noted> events() {
    if (object.isMissingNode()) {
      return List.of();
    }
    var name = object.path("metadata").path("name").asText();
    var found = new ArrayList<>(eventsOf(kind.kind(), name));
    if (kind.kind().equals("Deployment")) {
      found.addAll(eventsOf("ReplicaSet", name + "-"));
    }
    if (OF_PODS.contains(kind.kind())) {
      found.addAll(eventsOf("Pod", name + "-"));
    }
    return found.stream().filter(event -> !event.type().equals("Normal")).distinct().toList();
  }

  /**
   * What was noted of one object.
   *
   * @param name with a hyphen at its end, of all whose name begins so
   */
  private List<Noted> eventsOf(String of, String name) {
    boolean isWhole = !name.endsWith("-");
    var selector = "involvedObject.kind=" + of;
    var call =
        ApiCall.get(ApiPath.of("api", "v1", "namespaces", place(), "events"))
            .param("fieldSelector", isWhole ? selector + ",involvedObject.name=" + name : selector)
            .param("limit", 200)
            .about("events");
    try {
      var found = new ArrayList<Noted>();
      for (var event : cluster.server().json(call, outage).path("items")) {
        if (isWhole || event.path("involvedObject").path("name").asText().startsWith(name)) {
          found.add(
              new Noted(
                  event.path("type").asText(),
                  event.path("reason").asText(),
                  words(event.path("message")),
                  event.path("count").asInt(1)));
        }
      }
      return found;
    } catch (HearthException e) {
      return List.of(); // who may not see events still hears what is wrong
    }
  }

  private String place() {
    return namespace().isEmpty() ? "default" : namespace();
  }

  private static String words(JsonNode message) {
    return message.asText("").strip().replaceAll("\\s+", " ").replaceFirst("\\.$", "");
  }
}
