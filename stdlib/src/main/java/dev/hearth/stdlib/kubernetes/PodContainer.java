package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One container of a pod that is there.
 *
 * @param pod as the server has it
 */
record PodContainer(String namespace, String pod, String name, JsonNode object) {
  private static final List<String> LISTS =
      List.of("containers", "ephemeralContainers", "initContainers");
  private static final String DEFAULT = "kubectl.kubernetes.io/default-container";

  /**
   * The container that is meant: the one that is named, the one that the pod names, or the only
   * one.
   */
  static PodContainer find(ApiServer server, PodName pod, @Nullable String container) {
    var object = server.json(ApiCall.get(pod.path()).about(pod.toString()));
    var name = container == null ? usual(pod, object) : existing(pod, object, container);
    return new PodContainer(pod.namespace(), pod.name(), name, object);
  }

  private static String usual(PodName pod, JsonNode object) {
    var named = object.path("metadata").path("annotations").path(DEFAULT).asText("");
    var all = names(object, List.of("containers"));
    if (all.size() > 1 && !all.contains(named)) {
      throw new HearthException(
          PodError.SEVERAL_CONTAINERS, pod, String.join(", ", all), all.getFirst());
    }
    return all.contains(named) ? named : all.getFirst();
  }

  /** Fails when the pod has no such container. */
  static void requireKnown(PodName pod, JsonNode object, String container) {
    var _ = existing(pod, object, container);
  }

  /** Fails when the pod does not run. */
  static void requirePod(ApiServer server, PodName pod) {
    var phase =
        server
            .json(ApiCall.get(pod.path()).about(pod.toString()))
            .path("status")
            .path("phase")
            .asText();
    if (!phase.equals("Running")) {
      throw new HearthException(PodError.POD_NOT_RUNNING, pod, phase.toLowerCase(Locale.ROOT));
    }
  }

  private static String existing(PodName pod, JsonNode object, String container) {
    var all = names(object, LISTS);
    if (!all.contains(container)) {
      throw new HearthException(
          PodError.CONTAINER_UNKNOWN, pod, ApiPath.shown(container), String.join(", ", all));
    }
    return container;
  }

  /** The names of the containers of a pod, without those that only prepare it. */
  static List<String> names(JsonNode pod) {
    return names(pod, List.of("containers"));
  }

  private static List<String> names(JsonNode pod, List<String> lists) {
    var names = new ArrayList<String>();
    for (var list : lists) {
      for (var one : pod.path("spec").path(list)) {
        names.add(one.path("name").asText());
      }
    }
    return names;
  }

  /** Fails when nothing can be asked of it now. */
  PodContainer requireRunning() {
    for (var list :
        List.of("containerStatuses", "ephemeralContainerStatuses", "initContainerStatuses")) {
      for (var status : object.path("status").path(list)) {
        if (status.path("name").asText().equals(name) && status.path("state").has("running")) {
          return this;
        }
      }
    }
    throw new HearthException(PodError.CONTAINER_NOT_RUNNING, name, shownPod(), state());
  }

  /** What it does instead of running. */
  private String state() {
    for (var status : object.path("status").path("containerStatuses")) {
      if (status.path("name").asText().equals(name)) {
        var state = status.path("state");
        if (state.has("terminated")) {
          return "it ended with status " + state.path("terminated").path("exitCode").asInt();
        }
        if (state.has("waiting")) {
          return "it waits, " + state.path("waiting").path("reason").asText("without a reason");
        }
      }
    }
    return "the pod is "
        + object.path("status").path("phase").asText("unknown").toLowerCase(Locale.ROOT);
  }

  PodName podName() {
    return new PodName(namespace, pod);
  }

  String shownPod() {
    return podName().toString();
  }
}
