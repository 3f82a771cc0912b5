package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A state that somebody waits for.
 *
 * @param words for messages: {@code ready}
 */
record Wish(String words, String condition, String status) {
  private static final Pattern CONDITION =
      Pattern.compile("(?:condition=)?([A-Za-z][A-Za-z0-9./-]*)(?:=([A-Za-z]+))?");

  static final Wish READY = new Wish("ready", "", "");

  /** {@code ready}, or a condition as {@code kubectl wait} writes it. */
  static Wish of(String text) {
    if (text.equals("ready")) {
      return READY;
    }
    var said = CONDITION.matcher(text);
    if (!said.matches()) {
      throw new HearthException(
          KubernetesError.OPTION_WRONG,
          "what is waited for",
          ApiPath.shown(text),
          "`ready`, `deleted`, a condition such as `Established` or `Available=False`");
    }
    var status = said.group(2) == null ? "True" : said.group(2);
    return new Wish(text, said.group(1), status);
  }

  /** How far something is. */
  sealed interface Verdict {}

  /** It is so. */
  record Done() implements Verdict {}

  /** It is not so yet. */
  record Pending(String why) implements Verdict {}

  /** It will not be so by itself. */
  record Failed(String why) implements Verdict {}

  Verdict of(ResourceKind kind, JsonNode object) {
    if (!condition.isEmpty()) {
      return condition(object, condition, status);
    }
    return switch (kind.kind()) {
      case "Deployment" -> deployment(object);
      case "StatefulSet" -> statefulSet(object);
      case "DaemonSet" -> daemonSet(object);
      case "ReplicaSet", "ReplicationController" -> replicas(object, "readyReplicas");
      case "Job" -> job(object);
      case "Pod" -> pod(object);
      case "CustomResourceDefinition" -> condition(object, "Established", "True");
      case "APIService" -> condition(object, "Available", "True");
      case "PersistentVolumeClaim", "PersistentVolume" -> phase(object, "Bound", "Available");
      case "Namespace" -> phase(object, "Active");
      case "Service" -> service(object);
      default -> anyOther(object);
    };
  }

  private static JsonNode named(JsonNode object, String type) {
    for (var each : object.path("status").path("conditions")) {
      if (each.path("type").asText().equalsIgnoreCase(type)) {
        return each;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  private static Verdict condition(JsonNode object, String type, String status) {
    var found = named(object, type);
    if (found.path("status").asText("").equalsIgnoreCase(status)) {
      return new Done();
    }
    if (found.isMissingNode()) {
      return new Pending("it has no condition `" + type + "` yet");
    }
    return new Pending(words(found));
  }

  /** What a condition says. */
  static String words(JsonNode condition) {
    var message = condition.path("message").asText("").strip().replaceFirst("\\.$", "");
    var reason = condition.path("reason").asText("");
    var said = message.isEmpty() ? reason : reason.isEmpty() ? message : reason + ": " + message;
    return condition.path("type").asText()
        + " is "
        + condition.path("status").asText().toLowerCase(Locale.ROOT)
        + (said.isEmpty() ? "" : " (" + said + ")");
  }

  /** Whether the controller has looked at what was last wanted. */
  private static boolean isObserved(JsonNode object) {
    return object.path("status").path("observedGeneration").asLong(0)
        >= object.path("metadata").path("generation").asLong(0);
  }

  private static int wanted(JsonNode object) {
    return object.path("spec").path("replicas").asInt(1);
  }

  private static Verdict deployment(JsonNode object) {
    if (!isObserved(object)) {
      return new Pending("the change has not been taken up yet");
    }
    var progressing = named(object, "Progressing");
    if (progressing.path("reason").asText().equals("ProgressDeadlineExceeded")) {
      return new Failed(progressing.path("message").asText("it makes no progress"));
    }
    var failure = named(object, "ReplicaFailure");
    int wanted = wanted(object);
    var status = object.path("status");
    int updated = status.path("updatedReplicas").asInt();
    int available = status.path("availableReplicas").asInt();
    int all = status.path("replicas").asInt();
    if (updated >= wanted && all <= wanted && available >= wanted) {
      return new Done();
    }
    var why =
        updated < wanted
            ? updated + " of " + wanted + " pods are new"
            : all > wanted
                ? (all - wanted) + " pods still end"
                : available + " of " + wanted + " pods are available";
    return new Pending(
        failure.path("status").asText().equals("True")
            ? why + "; " + failure.path("message").asText("")
            : why);
  }

  private static Verdict statefulSet(JsonNode object) {
    if (!isObserved(object)) {
      return new Pending("the change has not been taken up yet");
    }
    var status = object.path("status");
    int ready = status.path("readyReplicas").asInt();
    if (ready < wanted(object)) {
      return new Pending(ready + " of " + wanted(object) + " pods are ready");
    }
    int tooMany = status.path("replicas").asInt() - wanted(object);
    if (tooMany > 0) {
      return new Pending(tooMany + " pods still end");
    }
    var strategy = object.path("spec").path("updateStrategy");
    if (strategy.path("type").asText("RollingUpdate").equals("RollingUpdate")
        && strategy.path("rollingUpdate").path("partition").asInt() == 0
        && !status.path("updateRevision").equals(status.path("currentRevision"))
        && status.path("updatedReplicas").asInt() < wanted(object)) {
      return new Pending(
          status.path("updatedReplicas").asInt() + " of " + wanted(object) + " pods are new");
    }
    return new Done();
  }

  private static Verdict daemonSet(JsonNode object) {
    if (!isObserved(object)) {
      return new Pending("the change has not been taken up yet");
    }
    var status = object.path("status");
    int wanted = status.path("desiredNumberScheduled").asInt();
    int updated = status.path("updatedNumberScheduled").asInt();
    int available = status.path("numberAvailable").asInt();
    return updated >= wanted && available >= wanted
        ? new Done()
        : new Pending(Math.min(updated, available) + " of " + wanted + " pods are available");
  }

  private static Verdict replicas(JsonNode object, String field) {
    int ready = object.path("status").path(field).asInt();
    return isObserved(object) && ready >= wanted(object)
        ? new Done()
        : new Pending(ready + " of " + wanted(object) + " pods are ready");
  }

  private static Verdict job(JsonNode object) {
    if (named(object, "Complete").path("status").asText().equals("True")) {
      return new Done();
    }
    var failed = named(object, "Failed");
    if (failed.path("status").asText().equals("True")) {
      return new Failed(failed.path("message").asText("it failed"));
    }
    var status = object.path("status");
    return new Pending(
        status.path("succeeded").asInt()
            + " of "
            + object.path("spec").path("completions").asInt(1)
            + " pods have succeeded");
  }

  private static Verdict pod(JsonNode object) {
    var phase = object.path("status").path("phase").asText("");
    if (phase.equals("Succeeded")
        || named(object, "Ready").path("status").asText().equals("True")) {
      return new Done();
    }
    if (phase.equals("Failed")) {
      var message = object.path("status").path("message").asText("");
      return new Failed(message.isEmpty() ? "it failed" : message);
    }
    return new Pending("its phase is " + (phase.isEmpty() ? "unknown" : phase));
  }

  private static Verdict phase(JsonNode object, String... good) {
    var phase = object.path("status").path("phase").asText("");
    if (List.of(good).contains(phase)) {
      return new Done();
    }
    return new Pending("its phase is " + (phase.isEmpty() ? "unknown" : phase));
  }

  private static Verdict service(JsonNode object) {
    boolean needsAddress = object.path("spec").path("type").asText().equals("LoadBalancer");
    return needsAddress && object.path("status").path("loadBalancer").path("ingress").isEmpty()
        ? new Pending("it has no address of a load balancer yet")
        : new Done();
  }

  /** By the condition that most kinds have; what has none is ready once it is there. */
  private static Verdict anyOther(JsonNode object) {
    for (var type : List.of("Ready", "Available")) {
      if (!named(object, type).isMissingNode()) {
        return condition(object, type, "True");
      }
    }
    return isObserved(object) || !object.path("status").has("observedGeneration")
        ? new Done()
        : new Pending("the change has not been taken up yet");
  }
}
